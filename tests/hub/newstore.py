"""A hub's new store, quickly: what is the same for each test is made once in a process.

The migrations run once, and each test gets a copy of the file. A statement is compiled once, although each
store has engines of its own: they share SQLAlchemy's cache, and the dialect, which is part of its keys.
"""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, url_of

STATEMENTS = 2_000
_SHARED: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


def open_store(folder: Path) -> DatabaseStore:
    """The store in `folder`, made where there is none. All new ones have the same epoch."""
    file = folder / FILE_NAME
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(_migrated().name) / FILE_NAME, file)
    store = DatabaseStore(url_of(folder))
    for engine in (store._writer, store._reader):
        _share(engine)
    return store


@cache
def _migrated() -> TemporaryDirectory[str]:
    """A directory with an empty store of the newest form; it goes with the process."""
    made = TemporaryDirectory(prefix="kanban-store-")
    DatabaseStore(url_of(Path(made.name))).close()  # the last to close writes all of it into the one file
    return made


def _share(engine: Engine) -> None:
    own = engine.dialect, LRUCache[Any, Any](STATEMENTS)
    engine.dialect, engine._compiled_cache = _SHARED.setdefault(engine.dialect.name, own)
