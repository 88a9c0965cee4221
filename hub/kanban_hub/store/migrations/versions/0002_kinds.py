"""Loop kinds, contents of containers, suspects, and what the floor keeps besides cards and calls."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_records")),
    )
    op.add_column("events", sa.Column("role", sa.String(length=16), nullable=True))
    op.add_column("cards", sa.Column("quantity", sa.Integer(), nullable=True))
    op.add_column("cards", sa.Column("lot", sa.String(length=80), nullable=True))
    op.add_column("cards", sa.Column("filled_ms", sa.BigInteger(), nullable=True))
    op.add_column("cards", sa.Column("cycles_left", sa.Integer(), nullable=True))
    op.add_column("cards", sa.Column("expires_ms", sa.BigInteger(), nullable=True))
    op.add_column("cards", sa.Column("is_obsolete", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cards", sa.Column("suspect_of", sa.String(length=40), nullable=True))
    _keep_sizes()


def _keep_sizes() -> None:
    """Until now a loop had as many regular cards as the plant says."""
    sizes = sa.text(
        "INSERT INTO records (kind, id, is_open, changed_ms, data) VALUES ('size', :id, :is_open, 0, :data)"
    )
    connection = op.get_bind()
    for loop, definition in connection.execute(sa.text("SELECT id, definition FROM loops")).all():
        size = {"id": loop, "cards": json.loads(definition)["cards"], "surplus": 0, "has_ended": False}
        connection.execute(sizes, {"id": loop, "is_open": True, "data": json.dumps(size)})
