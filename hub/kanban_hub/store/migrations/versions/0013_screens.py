"""What a screen shows, and in which language and theme."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_COLUMNS = (("target", 200), ("language", 8), ("theme", 8))


def upgrade() -> None:
    for name, length in _COLUMNS:
        op.add_column("links", sa.Column(name, sa.String(length=length), nullable=True))
