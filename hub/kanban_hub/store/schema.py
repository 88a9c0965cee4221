"""The tables. Times are milliseconds of the hub's steady clock; JSON columns hold msgspec's JSON as text."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

# Without names SQLite cannot drop a constraint in a later migration.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite counts rows by itself only in a column that is INTEGER to the letter.
RowNumber = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("rank", Integer, nullable=False),  # the order of the plant's file
    Column("definition", Text, nullable=False),  # JSON of Station
)

items = Table(
    "items",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("name", String(80), nullable=False),
)

loops = Table(
    "loops",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("definition", Text, nullable=False),  # JSON of KanbanLoop
)

slots = Table(
    "slots",
    metadata,
    Column("station", String(32), primary_key=True),
    Column("slot", Integer, primary_key=True),
    Column("loop", String(32), nullable=False),
)

# Each change of the plant, by the revision that the plant has since.
plant_changes = Table(
    "plant_changes",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("way", String(8), nullable=False),
    Column("role", String(16)),
    Column("before", Text),  # the file of the plant before
    Column("difference", Text, nullable=False),  # JSON list of RowChange
)

cards = Table(
    "cards",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("loop", String(32), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("asked_ms", BigInteger),
    Column("failed_from", String(16)),
    Column("replaces", String(40)),
    Column("is_temporary", Boolean, nullable=False),
    Column("ends_at_pull", Boolean, nullable=False),
    Column("hold_reason", Text),
    Column("quantity", Integer),
    Column("lot", String(80)),
    Column("filled_ms", BigInteger),
    Column("cycles_left", Integer),
    Column("expires_ms", BigInteger),
    Column("is_obsolete", Boolean, nullable=False, server_default=false()),
    Column("suspect_of", String(40)),
    Column("last", Text),  # JSON of LastMove
)

# What the floor keeps besides cards and calls: few and small things.
records = Table(
    "records",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("data", Text, nullable=False),  # JSON of the record
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(48), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("station", String(32), nullable=False),
    Column("raised_ms", BigInteger, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("loop", String(32)),
    Column("card", String(40)),
    Column("topic", Text),
    Column("raised_by", String(32)),
    Column("signal", String(36)),
    Column("taken_ms", BigInteger),
    Column("arrived_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("closed_ms", BigInteger),
    Column("cause", Text),
    Column("level", Integer, nullable=False),
    Column("stopped_ms", BigInteger),
)

events = Table(
    "events",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("kind", String(24), nullable=False),
    Column("loop", String(32)),
    Column("card", String(40)),
    Column("station", String(32)),
    Column("signal", String(36)),
    Column("how", String(16)),
    Column("role", String(16)),
    Column("at_ms", BigInteger, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("boot", String(8)),
    Column("mono_ms", BigInteger),
    Column("clock", String(8)),
    Column("data", Text, nullable=False),  # JSON of the event
    Column("call", String(48), index=True),
    Index("ix_events_loop_number", "loop", "number"),
    Index("ix_events_card_number", "card", "number"),
    sqlite_autoincrement=True,
)

# Each signal that was taken or refused, once, with the word that was given on it.
signals = Table(
    "signals",
    metadata,
    Column("station", String(32), primary_key=True),
    Column("epoch", String(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("id", String(36), nullable=False, index=True),
    Column("digest", LargeBinary(16), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("card", String(40)),
    Column("state", String(16)),
    Column("reason", String(24)),
    Column("text", Text),
    Column("received_ms", BigInteger, nullable=False, index=True),
)

# How far each outbox epoch is here without a gap, and up to which number its signals were pruned.
epochs = Table(
    "epochs",
    metadata,
    Column("station", String(32), primary_key=True),
    Column("epoch", String(16), primary_key=True),
    Column("contiguous", BigInteger, nullable=False),
    Column("pruned", BigInteger, nullable=False, default=0),
)

# What was refused or set aside since the database was made: the rows are pruned, the counts stay.
tallies = Table(
    "tallies",
    metadata,
    Column("what", String(16), primary_key=True),
    Column("reason", String(24), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# What could not be taken, as it came.
quarantine = Table(
    "quarantine",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("station", String(32)),
    Column("topic", Text, nullable=False),
    Column("reason", String(24), nullable=False),
    Column("detail", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("epoch", String(16)),
    Column("seq", BigInteger),
    Column("received_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

# Photos of bad containers, as JPEG; in the database, so that one backup holds them with their findings.
photos = Table(
    "photos",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kept_ms", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

lamps = Table(
    "lamps",
    metadata,
    Column("station", String(32), primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("as_of_ms", BigInteger, nullable=False),
    Column("lamps", Text, nullable=False),  # JSON of Lamps
    Column("because", Text, nullable=False),  # JSON list of signal ids
)

# What people and programs are told. Recipients are named by their ids in the notices file.
notices = Table(
    "notices",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("channel", String(8), nullable=False),
    Column("recipient", String(32), nullable=False),
    Column("event", String(24), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ended_ms", BigInteger),
    Column("last_error", Text),
    Index("ix_notices_state_due_ms", "state", "due_ms"),
    sqlite_autoincrement=True,
)

# Links that let external suppliers in, and screens; what is signed with them lies in no database.
# A link has a station or, for a screen, a place where it hangs; of a software station both.
links = Table(
    "links",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("station", String(32)),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Column("place", String(80)),
    Column("target", String(200)),
    Column("language", String(8)),
    Column("theme", String(8)),
)
