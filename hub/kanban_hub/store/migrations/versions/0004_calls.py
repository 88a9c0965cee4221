"""Calls in full: arrival, closing, level, line stop; and the plant's tree of escalation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("calls", sa.Column("arrived_ms", sa.BigInteger(), nullable=True))
    op.add_column("calls", sa.Column("closed_ms", sa.BigInteger(), nullable=True))
    op.add_column("calls", sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("calls", sa.Column("stopped_ms", sa.BigInteger(), nullable=True))
    op.execute("INSERT INTO meta (name, value) SELECT 'escalation', '[]' FROM meta WHERE name = 'site'")
