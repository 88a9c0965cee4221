"""The tables of accounts. Nothing else in this database names one."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text

from kanban_hub.store.schema import RowNumber, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("roles", Text, nullable=False),  # JSON list of roles
    Column("made_ms", BigInteger, nullable=False),
    Column("station", String(32)),
    Column("password", Text),
    Column("is_disabled", Boolean, nullable=False),
    Column("issuer", String(255)),
    Column("subject", String(255)),
    Index("ix_accounts_issuer_subject", "issuer", "subject", unique=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("seen_ms", BigInteger, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", String(32)),
    Column("expires_ms", BigInteger, nullable=False),
)

# What programs bear. A token is nobody's: what it was made for stands in its name.
tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(32), nullable=False),
    Column("roles", Text, nullable=False),  # JSON list of roles
    Column("digest", String(64), nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("station", String(32)),
    Column("revoked_ms", BigInteger),
    Column("seen_ms", BigInteger),
)

access_log = Table(
    "access_log",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("what", String(24), nullable=False),
    Column("by", String(32)),
    Column("about", String(80)),
    Column("address", String(64)),
    sqlite_autoincrement=True,
)
