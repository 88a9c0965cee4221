"""The authority in a backup: its files lie in the copy of the database as a table of their own."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kanban_hub.identity import keyfile

FOLDER = "identity"
_LEFT_OUT = ("lock", "takeover.pem")
_AUTHORITY = "authority-"
_TABLE = "identity_files"


def pack(data: Path, copy: Path) -> None:
    """Put the files of `data` into the database `copy`; nothing where there is no authority yet."""
    found = _files(data / FOLDER)
    if not found:
        return
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute(f"CREATE TABLE {_TABLE} (name TEXT PRIMARY KEY, content BLOB NOT NULL)")
        database.executemany(f"INSERT INTO {_TABLE} VALUES (?, ?)", sorted(found.items()))  # noqa: S608  # a constant


def unpack(copy: Path, data: Path) -> Path | None:
    """Take the files out of the database `copy` to `data`; where other ones were moved, if they were.

    The same authority stays as it is: it knows of certificates that were revoked since the backup.
    """
    packed = _taken_out(copy)
    folder = data / FOLDER
    if not packed or _authorities(packed) == _authorities(_files(folder)):
        return None
    fresh = data / f"{FOLDER}.new"
    for name, content in packed.items():
        keyfile.make_folder((fresh / name).parent)
        keyfile.write(fresh / name, content)
    before = _move_aside(folder)
    fresh.rename(folder)
    return before


def _taken_out(copy: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(copy)) as database, database:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
        if not database.execute(query, (_TABLE,)).fetchone()[0]:
            return {}
        rows = database.execute(f"SELECT name, content FROM {_TABLE}").fetchall()  # noqa: S608  # a constant
        database.execute(f"DROP TABLE {_TABLE}")
    return {name: content for name, content in rows if _is_own(name)}


def _is_own(name: str) -> bool:
    """A copy that somebody has made up writes nothing elsewhere."""
    parts = Path(name).parts
    return not Path(name).is_absolute() and ".." not in parts and 1 <= len(parts) <= 2  # noqa: PLR2004  # folder, file


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".new")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.name not in _LEFT_OUT}


def _authorities(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(_AUTHORITY)}


def _move_aside(folder: Path) -> Path | None:
    if not folder.exists():
        return None
    number = 1
    while (aside := folder.with_name(f"{folder.name}.before-{number}")).exists():
        number += 1
    return folder.rename(aside)
