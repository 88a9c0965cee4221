"""Accounts of people whom a provider of log-ins knows."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("issuer", sa.String(length=255), nullable=True))
    op.add_column("accounts", sa.Column("subject", sa.String(length=255), nullable=True))
    op.create_index("ix_accounts_issuer_subject", "accounts", ["issuer", "subject"], unique=True)
