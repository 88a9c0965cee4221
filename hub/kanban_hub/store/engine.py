"""How the database is opened. One engine writes, one reads; both are cheap to hold for the program's life."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from kanban_hub.store import postgresql

FILE_NAME = "hub.db"
BUSY_TIMEOUT_MS = 5_000


def url_of(data: Path, database: str | None = None) -> URL:
    """The URL of the hub's database: the one that `database` names, or the file in `data`."""
    return parse(database) if database is not None else url_of_file(data / FILE_NAME)


def url_of_file(path: Path) -> URL:
    """The URL of a database file, whatever signs its path holds."""
    return URL.create("sqlite", database=str(path))


def parse(text: str) -> URL:
    """The URL of a PostgreSQL database. Raises `ValueError`, never repeating what may hold a password."""
    form = "write postgresql+psycopg://USER@HOST/DATABASE"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(f"this is no URL of a database: {form}") from None
    if url.drivername not in ("postgresql", postgresql.DRIVER):
        raise ValueError(f"a database of the kind {url.drivername!r:.40} is not supported: {form}")
    if not url.database:
        raise ValueError(f"the URL names no database: {form}")
    return url.set(drivername=postgresql.DRIVER)


def is_file(url: URL) -> bool:
    return url.drivername == "sqlite"


def place(url: URL) -> str:
    """Which database this is, for people: without user, password and options."""
    return str(url.database) if is_file(url) else postgresql.place(url)


def open_engine(url: URL, *, writes: bool, alone: bool = False) -> Engine:
    """An engine on `url`. One that is `alone` keeps every other such one out, where the server does that."""
    if not is_file(url):
        return postgresql.open_engine(url, writes=writes, alone=alone)
    engine = create_engine(url)
    event.listen(engine, "connect", _set_up)
    # A writing transaction begins IMMEDIATE: one that reads first and writes then fails at once with
    # "database is locked", whatever the busy timeout, when another has written in between.
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
