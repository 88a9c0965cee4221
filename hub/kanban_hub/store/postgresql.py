"""All that is PostgreSQL's alone: what a session is told, who may write, and how text is kept."""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from kanban_hub.errors import BusyError, StoreError

DRIVER = "postgresql+psycopg"
CONNECT_TIMEOUT_S = 5
LOCK_TIMEOUT_MS = 5_000

# Advisory locks, of this database alone: whose hub this is, and who writes now. The first is "kanb".
_HUB = (0x6B616E62, 1)
_WRITE = (0x6B616E62, 2)

# The session's own word stands above what server, database and role are set to.
_EVERY_SESSION = (
    # A receipt confirms a commit: it must be on the disk, whatever the others on this server have agreed to.
    "SET synchronous_commit = on",
    f"SET lock_timeout = {LOCK_TIMEOUT_MS}",
    # A hub whose machine lost its power is forgotten after 25 s, not after two hours: its lock goes with it.
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
# Each statement sees what was committed before it; under the lock of the writer that is all there is.
_WRITER = ("SET default_transaction_isolation = 'read committed'",)
# All statements of a view see one moment.
_READER = (
    "SET default_transaction_isolation = 'repeatable read'",
    "SET default_transaction_read_only = on",
)
# What would break the promise of a commit: https://www.postgresql.org/docs/current/runtime-config-wal.html
_MUST_BE_ON = ("fsync", "full_page_writes")


def place(url: URL) -> str:
    """Which database this is, for people: without user, password and options."""
    host = url.host or url.query.get("host") or "local socket"
    return f"PostgreSQL {host}{f':{url.port}' if url.port else ''}/{url.database}"


def open_engine(url: URL, *, writes: bool, alone: bool) -> Engine:
    """An engine on the server of `url`.

    There is one writing connection. One that is `alone` holds the hub's lock as long as it stands, so that
    who commits is who holds the lock, also after the server was away; `BusyError` when another hub holds it.
    """
    options: dict[str, Any] = {"client_encoding": "utf8", "connect_timeout": CONNECT_TIMEOUT_S}
    pool = {"pool_size": 1, "max_overflow": 0, "pool_timeout": LOCK_TIMEOUT_MS / 1000} if writes else {}
    try:
        # A server that was restarted meanwhile is found out before the work, not by it.
        engine = create_engine(url, connect_args=options, pool_pre_ping=True, **pool)
    except ModuleNotFoundError:
        raise StoreError(
            "PostgreSQL needs the package psycopg: pip install 'kanban-signal-station[postgresql]'"
        ) from None
    session = _Session(place(url), writes, alone)
    event.listen(engine, "connect", lambda connection, _: _set_up(connection, session))
    if writes:
        event.listen(engine, "begin", _await_turn)
    return engine


def _await_turn(connection: Connection) -> None:
    """One transaction writes at a time, as on SQLite; the lock ends with the transaction, after it is seen.

    So events are committed in the order of their numbers: the sequence gives a number before its commit, and
    a reader that has seen 11 would never see a 10 that is committed later. Numbers of a transaction that was
    rolled back stay unused.
    """
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE[0]}, {_WRITE[1]})")


def _set_up(connection: Any, session: "_Session") -> None:
    """Make a new connection ready for use, or close it."""
    with ExitStack() as undo:
        undo.callback(connection.close)
        session.check_encoding(connection)
        connection.autocommit = True
        for statement in (*_EVERY_SESSION, *(_WRITER if session.writes else _READER)):
            connection.execute(statement)
        if session.alone:
            session.take_lock(connection)
        connection.autocommit = False
        undo.pop_all()


@dataclass(frozen=True)
class _Session:
    """What a connection is for."""

    place: str
    writes: bool
    alone: bool

    def check_encoding(self, connection: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(
                f"{self.place} is encoded in {encoding}, which cannot hold every name: "
                "make it by `createdb --encoding UTF8 --template template0 NAME`"
            )

    def take_lock(self, connection: Any) -> None:
        found = connection.execute(f"SELECT pg_try_advisory_lock({_HUB[0]}, {_HUB[1]})").fetchone()
        if not found[0]:
            raise BusyError(f"another hub works on {self.place}")


def settle_text(connection: Connection) -> None:
    """Make every text column `text COLLATE "C"`, after the migrations.

    Ids then sort by code point, as on SQLite and in Python, and no update of the machine's locales spoils an
    index (https://wiki.postgresql.org/wiki/Locale_data_changes). Lengths are checked at the hub's door: a
    column that refuses what the door let in would refuse the whole batch, again and again.
    """
    found = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying') "
            "AND (data_type <> 'text' OR collation_name IS DISTINCT FROM 'C')"
        )
    )
    columns: defaultdict[str, list[str]] = defaultdict(list)
    quote = connection.dialect.identifier_preparer.quote
    for table, column in found:
        columns[table].append(f'ALTER COLUMN {quote(column)} TYPE text COLLATE "C"')
    for table, changes in sorted(columns.items()):
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} {', '.join(changes)}")


def damage(connection: Connection) -> list[str]:
    """What of the server's settings would let it lose a commit that a receipt has confirmed."""
    values = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in _MUST_BE_ON}
    return [
        f"{name} is {value} at the server: a power cut may lose what was confirmed"
        for name, value in values.items()
        if value != "on"
    ]
