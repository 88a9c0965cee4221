"""The table of rollouts: the orders to bring stations to a release."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kanban_hub.store.schema import RowNumber, metadata

rollouts = Table(
    "rollouts",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("release", Integer, nullable=False),
    Column("state", String(8), nullable=False, index=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("data", Text, nullable=False),  # JSON of Rollout
    sqlite_autoincrement=True,
)
