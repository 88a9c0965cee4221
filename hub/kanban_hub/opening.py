"""How commands come to the hub's data: the options that name it, and the store in it."""

from pathlib import Path

import click

from kanban_hub.errors import StoreError
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import FILE_NAME, parse, url_of

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/var/lib/kanban-hub"),
    envvar="KANBAN_HUB_DATA",
    show_default=True,
    help="The data directory.",
)


def _checked(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    try:
        if url is not None:
            parse(url)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return url


database_option = click.option(
    "--database",
    metavar="URL",
    envvar="KANBAN_HUB_DATABASE",  # where a password in it is not seen by everybody who lists processes
    callback=_checked,
    help="postgresql+psycopg://USER@HOST/DATABASE; without it the SQLite file in the data directory.",
)


def opened(data: Path, database: str | None) -> DatabaseStore:
    """The store in `data`, or at the URL `database`. Raises `StoreError` where there is none."""
    if database is None:
        check_present(data)
    return DatabaseStore(url_of(data, database))


def check_present(data: Path) -> None:
    """Raise `StoreError` where no plant was ever loaded."""
    if not (data / FILE_NAME).exists():
        raise StoreError(f"no database in {data}: run `kanban-hub load PLANT.toml --data {data}` first")
