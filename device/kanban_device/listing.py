"""The command `kanban-station outbox`: what waits there, as lines for people; read, never written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from kanban_device import config, schema, service
from kanban_device.commands import config_option, plainly
from kanban_device.errors import DataUnusableError
from kanban_device.salvage import FILE
from kanban_device.schema import DamageError


@click.command()
@config_option
@plainly
def outbox(path: Path) -> None:
    """List the signals that wait for the hub's receipt. Changes nothing; the station may be running."""
    directory = config.load(path).data
    if level := service.read(directory).level:
        click.echo(f"its starts have failed again and again: {level.text}")
    for line in lines(directory):
        click.echo(line)


def lines(directory: Path) -> Iterator[str]:
    """One line a signal, oldest first. Raises `DataUnusableError`."""
    path = directory / FILE
    if not path.exists():
        raise DataUnusableError(path, "there is no outbox yet: it is made by the first run")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield from _lines(connection)
    except (sqlite3.Error, DamageError) as error:
        raise DataUnusableError(path, f"{error}; the next run sets a damaged file aside") from error


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    depth = connection.execute("SELECT count(*) FROM signals WHERE status IS NULL").fetchone()[0]
    yield f"epoch {schema.recall(connection, 'epoch')}: {depth} signals wait for their receipt"
    for row in schema.rows(connection.execute(f"{schema.SELECT} WHERE status IS NULL ORDER BY seq")):
        at = datetime.fromtimestamp(row.stamp.wall_ms / 1000, UTC)
        yield f"{row.seq:>8}  {at:%Y-%m-%d %H:%M:%S}Z ({row.stamp.clock})  {row.kind:<8} {row.body}  {row.id}"
