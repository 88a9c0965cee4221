"""`kanban-hub station add` and `replace`: write the card by which a Raspberry Pi becomes the station."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kanban_hub.clock import SteadyClock
from kanban_hub.opening import data_option, database_option, opened
from kanban_hub.sdcard.options import card_options

if TYPE_CHECKING:
    from kanban_hub.sdcard.desk import Desk, Written

_NEXT = """\
Now: eject the card, put it into the Pi, connect the network, switch on. Without a screen you see it so:
  at once         the small green lamp on the board blinks slowly, amber flashes twice and again: it installs
  in 3 to 10 min  the lamps of the station come alive, and its page at the hub says online
  otherwise       the green lamp and red blink quickly: put the card into this machine, read kanban/result.txt
Until then leave the power on. If it went away, switch on again: it goes on where it was."""


@click.command()
@click.argument("station_id", metavar="STATION")
@card_options
@data_option
@database_option
def add(station_id: str, data: Path, database: str | None, **given: Any) -> None:
    """Make of a flashed SD card the station STATION: its Pi installs itself and joins at the first start.

    It needs Raspberry Pi OS Lite (64-bit, Trixie) on the card, no screen, and no network but the hub.
    """
    with _desk(data, database) as desk:
        desk.check_new(station_id)
        _tell(desk.write(station_id, given))
    click.echo(_NEXT)


@click.command(name="replace")
@click.argument("station_id", metavar="STATION")
@card_options
@data_option
@database_option
def put_in_place(station_id: str, data: Path, database: str | None, **given: Any) -> None:
    """Make a card for another Pi in the place of STATION's broken one, with the same name and slots.

    What is not said is as on the station's last card.
    """
    with _desk(data, database) as desk:
        _tell(desk.write(station_id, given))
    click.echo(f"The old Pi of {station_id} is shut out as soon as the new one has joined. Leave it off.")
    click.echo(_NEXT)


@contextmanager
def _desk(data: Path, database: str | None) -> Iterator["Desk"]:
    from kanban_hub.sdcard.desk import Desk  # noqa: PLC0415  # cryptography: 0.1 s that the others never need

    store = opened(data, database)
    try:
        with store.view() as view:
            clock = SteadyClock(view.latest_ms())
        yield Desk(store, data, clock.now_ms)
    finally:
        store.close()


def _tell(written: "Written") -> None:
    for aside in written.kept:
        click.echo(f"kept aside: {aside}")
    request, until = written.request, datetime.fromtimestamp(written.good_until_ms / 1000, UTC)
    click.echo(f"station {request.station}, release {written.release}; from the hub it needs")
    click.echo(f"  the door for stations   {request.door}")
    click.echo(f"  the broker              {request.broker}")
    click.echo(f"Its one-time code is good until {until:%Y-%m-%d %H:%M} UTC: the Pi has to join before.")
