"""Displays are kept as facts. The lines of text that were are dropped: the hub's next tick makes new ones."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_LAMPS = sa.table("lamps", sa.column("station", sa.String), sa.column("lamps", sa.Text))


def upgrade() -> None:
    connection = op.get_bind()
    for station, kept in connection.execute(sa.select(_LAMPS.c.station, _LAMPS.c.lamps)).all():
        without = json.dumps({**json.loads(kept), "display": []})
        connection.execute(_LAMPS.update().where(_LAMPS.c.station == station).values(lamps=without))
