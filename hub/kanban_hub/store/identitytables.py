"""The tables of stations' identities."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kanban_hub.store.schema import metadata

join_codes = Table(
    "join_codes",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("station", String(32), nullable=False, index=True),
    Column("digest", String(160), nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    Column("serial", String(40)),  # of the certificate that was given for it
)

certificates = Table(
    "certificates",
    metadata,
    Column("serial", String(40), primary_key=True),
    Column("station", String(32), nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("key_digest", String(64), nullable=False),
    Column("pem", Text, nullable=False),
    Column("revoked_ms", BigInteger),
    Column("cut_ms", BigInteger),  # when its live connection was ended
)
