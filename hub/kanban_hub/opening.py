"""How commands come to the hub's data: the option that names it, and the store in it."""

from pathlib import Path

import click

from kanban_hub.errors import StoreError
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, url_of

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/var/lib/kanban-hub"),
    envvar="KANBAN_HUB_DATA",
    show_default=True,
    help="The data directory.",
)


def opened(data: Path) -> DatabaseStore:
    """The store in `data`. Raises `StoreError` where there is none."""
    check_present(data)
    return DatabaseStore(url_of(data))


def check_present(data: Path) -> None:
    """Raise `StoreError` where no plant was ever loaded."""
    if not (data / FILE_NAME).exists():
        raise StoreError(f"no database in {data}: run `kanban-hub load PLANT.toml --data {data}` first")
