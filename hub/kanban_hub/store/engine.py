"""How the database is opened. One engine writes, one reads; both are cheap to hold for the program's life."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

FILE_NAME = "hub.db"
BUSY_TIMEOUT_MS = 5_000


def url_of(data: Path, name: str = FILE_NAME) -> URL:
    """The URL of a database file, whatever signs its path holds."""
    return URL.create("sqlite", database=str(data / name))


def open_engine(url: str | URL, *, writes: bool) -> Engine:
    """An engine on `url`.

    A writing transaction of SQLite begins IMMEDIATE: one that reads first and writes then fails at once
    with "database is locked", whatever the busy timeout, when another has written in between.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _set_up(connection: DBAPIConnection, _record: Any) -> None:
    connection.isolation_level = None  # the `begin` listener says BEGIN, not the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # NORMAL may lose commits at a power cut that a receipt has confirmed already (sqlite.org/wal.html).
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
