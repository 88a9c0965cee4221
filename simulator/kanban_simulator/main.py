"""`kanban-sim`: a whole floor on one machine."""

import logging
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import click

from kanban_device import config as station_file
from kanban_device.config import StationConfig
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.tomlfile import ConfigError, Fault, TomlFile
from kanban_simulator.errors import SimulatorError

FAILED = 1
WRONG_USE = 2
MOST_PORT = 65_535


class Commands(click.Group):
    """Every fault that is not the program's own becomes one clear text and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(error, err=True)
            sys.exit(WRONG_USE)
        except SimulatorError as error:
            click.echo(f"kanban-sim: {error}", err=True)
            sys.exit(FAILED)
        except OSError as error:
            click.echo(f"kanban-sim: {error.filename or ''}: {error.strerror or error}", err=True)
            sys.exit(FAILED)


def _address(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > MOST_PORT:
        raise click.BadParameter(f"{text!r}: write HOST:PORT", ctx, param)
    return host.strip("[]"), int(port)


def _broker(_ctx: click.Context, _param: click.Parameter, url: str | None) -> Endpoint | None:
    try:
        return Endpoint.parse(url) if url is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.group(cls=Commands)
@click.version_option(package_name="kanban-signal-station")
def main() -> None:
    """A whole floor on one machine: real firmware on mock pins, panels in the browser, demo and load."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


@main.command()
@click.option("--speed", type=click.FloatRange(0.1, 20), default=1.0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another day.")
@click.option(
    "--http",
    callback=_address,
    metavar="HOST:PORT",
    help="Where the front page is served. Without it: a free port here.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep all data in this directory, and go on from there the next time.",
)
def demo(speed: float, seed: int, http: tuple[str, int] | None, keep: Path | None) -> None:
    """Run a plant with virtual stations and a scripted shift until Ctrl-C."""
    from kanban_simulator.demo import Demo, DemoSettings  # noqa: PLC0415 the other commands need no hub

    stop = _stop_on_signals()
    with _folder(keep) as folder:
        floor = Demo(DemoSettings(folder, speed, seed, http))
        try:
            click.echo(f"Open {floor.url}/ (Ctrl-C ends it)")
            floor.run(stop)
        finally:
            floor.close()


@main.command()
@click.option("--config", "path", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--panel", callback=_address, metavar="HOST:PORT", default="127.0.0.1:8090", show_default=True)
def station(path: Path, panel: tuple[str, int]) -> None:
    """Run the firmware of one station's file on mock pins, with its panel in the browser."""
    from kanban_simulator.server import Server  # noqa: PLC0415
    from kanban_simulator.station import VirtualStation  # noqa: PLC0415
    from kanban_simulator.web import station_app  # noqa: PLC0415

    config = _without_tls(path)
    stop = _stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="kanban-sim-") as folder:
        virtual = VirtualStation(config, Path(folder))
        try:
            server = Server(station_app(virtual, stop), *panel)
            click.echo(f"Panel of {virtual.id}: {server.url}/ (Ctrl-C ends it)")
            stop.wait()
        finally:
            virtual.close()


_stations = click.option("--stations", type=click.IntRange(2, 200), default=10, show_default=True)


@main.command()
@_stations
@click.option("--rate", type=click.FloatRange(0.1, 1_000), default=20.0, show_default=True, help="Pulls/s.")
@click.option("--seconds", type=click.IntRange(1, 3_600), default=20, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--mqtt", "endpoint", callback=_broker, metavar="URL", help="A broker with a hub, to be loaded."
)
def load(stations: int, rate: float, seconds: int, seed: int, endpoint: Endpoint | None) -> None:
    """Press in many stations at random, and time each press until the supplier's lamps name it."""
    from kanban_simulator.load import LoadSettings, run_load  # noqa: PLC0415

    with _folder(None) as folder:
        figures = run_load(LoadSettings(folder, stations, rate, seconds, seed, endpoint))
    click.echo(str(figures))
    if figures.lost or figures.doubled:
        sys.exit(FAILED)


@main.command("load-plant")
@_stations
def load_plant(stations: int) -> None:
    """Print the plant that a hub has to load before `load --mqtt` is pointed at its broker."""
    from kanban_simulator.load import plant_file  # noqa: PLC0415

    click.echo(plant_file(stations), nl=False)


@main.command()
@click.option("--runs", type=click.IntRange(1, 50), default=7, show_default=True, help="Starts.")
@click.option("--seconds", type=click.IntRange(1, 3_600), default=30, show_default=True, help="Of idling.")
def footprint(runs: int, seconds: int) -> None:
    """Measure the firmware's memory, start and idling beside those of an empty Python program."""
    from kanban_simulator.footprint import measure  # noqa: PLC0415

    with _folder(None) as folder:
        click.echo(str(measure(folder, runs, seconds)))


@main.command()
@click.option("--loops", type=click.IntRange(1, 72), default=60, show_default=True)
@click.option("--cards", type=click.IntRange(1, 50), default=8, show_default=True, help="Cards of each loop.")
@click.option("--screens", type=click.IntRange(1, 200), default=200, show_default=True)
@click.option("--rate", type=click.FloatRange(0.1, 20), default=2.0, show_default=True, help="Changes/s.")
@click.option("--seconds", type=click.IntRange(1, 600), default=15, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def board(**given: Any) -> None:
    """Measure what the board costs: drawing it, and many screens that follow it."""
    from kanban_simulator.boardcost import BoardSettings, measure  # noqa: PLC0415

    with _folder(None) as folder:
        click.echo(str(measure(BoardSettings(folder, **given))))


def _without_tls(path: Path) -> StationConfig:
    """A station's file. The plug sits between firmware and broker, where no certificate would fit."""
    config = station_file.load(path)
    if config.endpoint.tls:
        text = "a virtual station speaks to its broker through a proxy of its own, without TLS"
        fault = Fault("mqtt.url", text, "name a broker with mqtt://, for example one on this machine")
        raise TomlFile(path).error([fault])
    return config


def _stop_on_signals() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="kanban-demo-") as folder:
        yield Path(folder)
