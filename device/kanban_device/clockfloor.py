"""The command `kanban-station clock`: sets the wall clock forward to what has been for sure, never back.

A process of its own, because only it may set the clock (CAP_SYS_TIME) and only it reads certificates.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from kanban_device import config, timekeeper
from kanban_device.clock import BUILD_YEAR
from kanban_device.commands import config_option, plainly
from kanban_device.config import StationConfig
from kanban_device.errors import ClockError
from kanban_device.floor import Validity, floor_s
from kanban_device.retreat import Level

BUILT_S = datetime(BUILD_YEAR, 1, 1, tzinfo=UTC).timestamp()
MAX_FILE_BYTES = 1_000_000
IDENTITY = "identity"  # below the data directory: what the station was given when it joined


@click.command("clock")
@config_option
@plainly
def clock_floor(path: Path) -> None:
    """Set the wall clock forward where it shows a time that has been already. Needs the right to set it."""
    click.echo(raised(config.load(path, Level.HARDWARE)))


def raised(
    station: StationConfig,
    now_s: Callable[[], float] = time.time,
    set_s: Callable[[float], None] = lambda at_s: time.clock_settime(time.CLOCK_REALTIME, at_s),
) -> str:
    """What was done, in a line. Raises `ClockError`."""
    validities = [validity for file in _files(station) for validity in _validities(file)]
    wanted_s, shown_s = floor_s(BUILT_S, timekeeper.kept_s(station.data), validities), now_s()
    if shown_s >= wanted_s:
        return f"the clock shows {_text(shown_s)}, not before {_text(wanted_s)}: it stays"
    try:
        set_s(wanted_s)
    except OSError as error:
        raise ClockError(error.strerror or str(error)) from error
    return f"the clock has shown {_text(shown_s)}, and was set to {_text(wanted_s)}"


def _files(station: StationConfig) -> list[Path]:
    named = [station.mqtt.ca, station.mqtt.certificate, station.hub.ca if station.hub else None]
    files = [Path(name) for name in named if name is not None]
    joined = station.data / IDENTITY
    return files + sorted(path for path in joined.rglob("*") if path.suffix in (".crt", ".pem"))


def _validities(file: Path) -> Iterator[Validity]:
    """Of every certificate in a file; one that cannot be read says nothing of the time."""
    from cryptography import x509  # noqa: PLC0415 large, and a station without certificates needs none

    try:
        with file.open("rb") as content:
            found = x509.load_pem_x509_certificates(content.read(MAX_FILE_BYTES))
    except (OSError, ValueError):
        return
    for one in found:
        yield Validity(one.not_valid_before_utc.timestamp(), one.not_valid_after_utc.timestamp())


def _text(at_s: float) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%d %H:%M:%S}Z"
