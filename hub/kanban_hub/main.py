"""`kanban-hub`: the program on the server."""

import signal
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kanban_hub import backup as backups
from kanban_hub import datadir, plantfile
from kanban_hub.domain.balance import balance
from kanban_hub.errors import HubError, NotLoadedError, StoreError
from kanban_hub.linkcommand import link, public_url_option
from kanban_hub.loading import load_plant
from kanban_hub.notices import configfile
from kanban_hub.notices.command import notices
from kanban_hub.opening import check_present, data_option, database_option, opened
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import place, url_of
from kanban_protocol import logs
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.tomlfile import ConfigError

FAILED = 1
WRONG_USE = 2
_FILE = click.Path(exists=True, dir_okay=False, readable=True)

_notices = click.option(
    "--notices",
    "notices_file",
    type=click.Path(path_type=Path),
    help="The notices file: who is told what by mail and webhook.",
)


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


main.add_command(notices)


@main.command()
@data_option
@database_option
@click.option(
    "--mqtt",
    default="mqtt://127.0.0.1:1883",
    envvar="KANBAN_HUB_MQTT",  # where a password in it is not seen by everybody who lists processes
    show_default=True,
    help="The broker's URL: mqtt:// or mqtts://.",
)
@click.option("--ca", type=_FILE, help="With mqtts: the authority that the broker must show.")
@click.option("--certificate", type=_FILE, help="With mqtts: the hub's certificate.")
@click.option("--key", type=_FILE, help="With mqtts: the certificate's key.")
@click.option(
    "--http", default="127.0.0.1:8080", show_default=True, help="HOST:PORT of the board and the API."
)
@click.option("--suppliers", help="HOST:PORT of the suppliers' pages alone, for the way to the internet.")
@public_url_option
@click.option("--log", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_notices
def run(data: Path, mqtt: str, http: str, form: Any, **rest: Any) -> None:
    """Run inbox and web until SIGTERM or Ctrl-C."""
    logs.configure(form)
    database, notices_file, suppliers, public_url = (
        rest.pop(name) for name in ("database", "notices_file", "suppliers", "public_url")
    )
    told = configfile.load(notices_file) if notices_file is not None else None
    endpoint, (host, port) = _endpoint(mqtt, rest), _address(http)
    gate = _address(suppliers, "--suppliers") if suppliers else None
    datadir.prepare(data)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    from kanban_hub.hub import HubSettings, RunningHub  # noqa: PLC0415  # the other commands need no web

    with datadir.lock(data):
        RunningHub(HubSettings(data, endpoint, host, port, told, gate, public_url, database)).run(stop)


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
@_notices
def check(plant_file: Path | None, data: Path, database: str | None, notices_file: Path | None) -> None:
    """Check PLANT_FILE without loading it; without a file, check what is in the database.

    A notices file is checked with the PLANT_FILE if both are given.
    """
    plant = plantfile.load(plant_file) if plant_file is not None else None
    if plant is not None:
        click.echo(f"{plant_file}: site {plant.site}: {len(plant.loops)} loops: no fault found")
    if notices_file is not None:
        config = configfile.load(notices_file, plant)
        told = f"{len(config.people)} people, {len(config.webhooks)} webhooks"
        click.echo(f"{notices_file}: {told}: no fault found")
    if plant is not None or notices_file is not None:
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


def _endpoint(url: str, files: dict[str, str | None]) -> Endpoint:
    """`files` are `ca`, `certificate` and `key`."""
    try:
        endpoint = Endpoint.parse(url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--mqtt") from None
    given = {name: file for name, file in files.items() if file is not None}
    if given and not endpoint.tls:
        raise click.UsageError(f"--{' --'.join(given)} are of use with mqtts:// only")
    if ("certificate" in given) != ("key" in given):
        raise click.UsageError("--certificate and --key go together")
    return replace(endpoint, ca=files["ca"], certificate=files["certificate"], key=files["key"])


def _address(text: str, option: str = "--http") -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:  # noqa: PLR2004
        raise click.BadParameter(f"{text!r}: write HOST:PORT", param_hint=option)
    return host.strip("[]"), int(port)


main.add_command(link)
