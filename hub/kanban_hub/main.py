"""`kanban-hub`: the program on the server."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from kanban_hub import backup as backups
from kanban_hub import datadir, plantfile
from kanban_hub.accounts.command import account
from kanban_hub.domain.balance import balance
from kanban_hub.errors import HubError, NotLoadedError, StoreError
from kanban_hub.identity.authoritycommand import authority, broker
from kanban_hub.identity.command import station
from kanban_hub.linkcommand import link
from kanban_hub.loading import load_plant
from kanban_hub.notices import configfile
from kanban_hub.notices.command import notices
from kanban_hub.oidc import configfile as oidcfile
from kanban_hub.opening import check_present, data_option, database_option, opened
from kanban_hub.printers import configfile as printersfile
from kanban_hub.printers.command import printers
from kanban_hub.releases.command import release
from kanban_hub.runcommand import notices_option, oidc_option, printers_option, run
from kanban_hub.sdcard.command import add, put_in_place
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import place, url_of
from kanban_protocol.tomlfile import ConfigError

FAILED = 1
WRONG_USE = 2


class Commands(click.Group):
    """Every fault that is not the program's own becomes one clear text and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(error, err=True)
            sys.exit(WRONG_USE)
        except HubError as error:
            click.echo(f"kanban-hub: {error}", err=True)
            sys.exit(FAILED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"kanban-hub: {where}{error.strerror or error}", err=True)
            sys.exit(FAILED)


@click.group(cls=Commands)
def main() -> None:
    """The hub: replenishment queues, lamps and the board."""


main.add_command(run)
main.add_command(account)
main.add_command(link)
main.add_command(notices)
main.add_command(printers)
main.add_command(release)
main.add_command(station)
main.add_command(authority)
main.add_command(broker)
station.add_command(add)
station.add_command(put_in_place)


@main.command()
@click.argument("plant_file", type=click.Path(path_type=Path))
@data_option
@database_option
def load(plant_file: Path, data: Path, database: str | None) -> None:
    """Load PLANT_FILE, also while the hub runs. New cards begin as full containers at their consumer."""
    plant = plantfile.load(plant_file)
    datadir.prepare(data)
    store = DatabaseStore(url_of(data, database))
    try:
        events = load_plant(store, plant)
    finally:
        store.close()
    cards = sum(loop.cards for loop in plant.loops.values())
    click.echo(
        f"site {plant.site}: {len(plant.stations)} stations, {len(plant.loops)} loops, {cards} cards; "
        f"{len(events)} changes"
    )


@main.command()
@data_option
@database_option
def export(data: Path, database: str | None) -> None:
    """Print the plant as the file that `load` reads."""
    store = opened(data, database)
    try:
        with store.view() as view:
            plant = view.plant()
    finally:
        store.close()
    if plant is None:
        raise NotLoadedError
    click.echo(plantfile.export(plant), nl=False)


@main.command()
@click.argument("plant_file", type=click.Path(path_type=Path), required=False)
@data_option
@database_option
@notices_option
@printers_option
@oidc_option
def check(plant_file: Path | None, data: Path, database: str | None, **files: Path | None) -> None:
    """Check PLANT_FILE without loading it; without a file, check what is in the database.

    A notices file is checked with the PLANT_FILE if both are given.
    """
    notices_file, printers_file = files["notices_file"], files["printers_file"]
    plant = plantfile.load(plant_file) if plant_file is not None else None
    if plant is not None:
        click.echo(f"{plant_file}: site {plant.site}: {len(plant.loops)} loops: no fault found")
    if notices_file is not None:
        config = configfile.load(notices_file, plant)
        told = f"{len(config.people)} people, {len(config.webhooks)} webhooks"
        click.echo(f"{notices_file}: {told}: no fault found")
    if printers_file is not None:
        click.echo(f"{printers_file}: {len(printersfile.load(printers_file))} printers: no fault found")
    if files["oidc_file"] is not None:
        config_of_log_in = oidcfile.load(files["oidc_file"])
        click.echo(f"{files['oidc_file']}: {config_of_log_in.name}: no fault found")
    if plant is not None or any(files.values()):
        return
    store = opened(data, database)
    try:
        faults = _store_faults(store)
    finally:
        store.close()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(FAILED)
    click.echo(
        f"{place(url_of(data, database))}: database sound, every loop in balance, cards equal to their events"
    )


@main.command()
@click.argument("copy", type=click.Path(path_type=Path))
@data_option
@database_option
def backup(copy: Path, data: Path, database: str | None) -> None:
    """Write the database, as it is now, to the new file COPY, also while the hub runs."""
    if database is not None:
        raise StoreError(backups.BACK_UP_BY_PG_DUMP)
    check_present(data)
    backups.backup(data, copy)
    click.echo(f"{copy}: {copy.stat().st_size} bytes")


@main.command()
@click.argument("copy", type=click.Path(path_type=Path), required=False)
@data_option
@database_option
def restore(copy: Path | None, data: Path, database: str | None) -> None:
    """Put COPY in the database's place, with the hub stopped. Stations then send what it does not hold.

    With PostgreSQL, pg_restore has done so before: then without COPY.
    """
    if database is not None:
        _take_as_restored(copy, url_of(data, database))
        return
    if copy is None:
        raise click.UsageError("name the COPY to restore from")
    before = backups.restore(data, copy)
    kept = f"; what was there is now {before}" if before is not None else ""
    click.echo(f"{data}: restored from {copy}{kept}")


def _take_as_restored(copy: Path | None, url: Any) -> None:
    if copy is not None:
        raise StoreError(backups.RESTORE_BY_PG_RESTORE)
    with closing(DatabaseStore(url, alone=True)) as store:
        store.renew_epoch()
    click.echo(f"{place(url)}: taken as restored")


def _store_faults(store: DatabaseStore) -> list[str]:
    from kanban_hub.proof import rebuilt_faults  # noqa: PLC0415  # reads every event

    faults = store.damage()
    with store.view() as view:
        if view.plant() is None:
            return [*faults, "no plant is loaded: run `kanban-hub load PLANT.toml`"]
        sheets = balance(view.floor())
        faults += [
            f"loop {s.loop}: {s.regular} regular cards, not {s.defined}" for s in sheets if not s.is_even
        ]
        return [*faults, *rebuilt_faults(view)]
