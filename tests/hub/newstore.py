"""A hub's new store, quickly: the migrations run once in a process, and each test gets a copy of the file."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, url_of


def open_store(folder: Path) -> DatabaseStore:
    """The store in `folder`, made where there is none. All new ones have the same epoch."""
    file = folder / FILE_NAME
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(_migrated().name) / FILE_NAME, file)
    return DatabaseStore(url_of(folder))


@cache
def _migrated() -> TemporaryDirectory[str]:
    """A directory with an empty store of the newest form; it goes with the process."""
    made = TemporaryDirectory(prefix="kanban-store-")
    DatabaseStore(url_of(Path(made.name))).close()  # the last to close writes all of it into the one file
    return made
