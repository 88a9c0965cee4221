"""Stations as definitions, as loops are; and the calendar of the plant."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("stations", sa.Column("definition", sa.Text(), nullable=False, server_default="{}"))
    _define_stations()
    with op.batch_alter_table("stations") as table:
        table.alter_column("definition", server_default=None)
        for column in ("name", "x", "y", "external"):
            table.drop_column(column)
    op.execute(
        "INSERT INTO meta (name, value) SELECT 'calendar', '{\"timezone\":\"UTC\"}' "
        "FROM meta WHERE name = 'site'"
    )


def _define_stations() -> None:
    connection = op.get_bind()
    change = sa.text("UPDATE stations SET definition = :definition WHERE id = :id")
    found = connection.execute(sa.text("SELECT id, name, x, y, external FROM stations")).all()
    for station, name, x, y, external in found:
        position = [x, y] if x is not None else None
        definition = {"id": station, "name": name, "position": position, "external": bool(external)}
        connection.execute(change, {"id": station, "definition": json.dumps(definition)})
