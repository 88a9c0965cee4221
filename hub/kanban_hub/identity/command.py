"""`kanban-hub station`: let the Pis of stations in, and out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kanban_hub.clock import SteadyClock
from kanban_hub.identity.codes import LIFE_S, Codes
from kanban_hub.identity.record import JoinCode
from kanban_hub.opening import data_option, database_option, opened
from kanban_hub.store.database import DatabaseStore

if TYPE_CHECKING:
    from kanban_hub.identity.authority import Authority

_DAY_MINUTES = 1_440


@dataclass(frozen=True)
class Desk:
    """What the commands work with."""

    store: DatabaseStore
    clock: SteadyClock
    data: Path

    @property
    def codes(self) -> Codes:
        return Codes(self.store, self.clock.now_ms)

    def authority(self) -> "Authority":
        from kanban_hub.identity.authority import Authority  # noqa: PLC0415  # 0.1 s that the others never need

        return Authority.open(self.data, self.clock.now_ms())


@click.group()
def station() -> None:
    """The Pis of stations: one-time codes by which they join, and their certificates."""


@station.command()
@click.argument("station_id", metavar="STATION")
@click.option(
    "--minutes",
    type=click.IntRange(1, 7 * _DAY_MINUTES),
    default=LIFE_S // 60,
    show_default=True,
    help="How long the code is good; up to 10,080 (7 days) for an SD card.",
)
@data_option
@database_option
def code(station_id: str, minutes: int, data: Path, database: str | None) -> None:
    """Make a one-time code by which the Pi of STATION joins, and print it. An earlier one is void."""
    with _desk(data, database) as desk:
        authority = desk.authority()
        issued = desk.codes.issue(station_id, None, minutes * 60)
    click.echo(f"code         {issued.text}")
    click.echo(f"authority    {authority.fingerprint}")
    click.echo(f"good until   {_time(issued.code.expires_ms)}, once, for station {station_id}", err=True)
    click.echo("on its Pi    " + join_line(issued.text, authority.fingerprint), err=True)


@station.command(name="list")
@data_option
@database_option
def list_stations(data: Path, database: str | None) -> None:
    """List the codes. Their texts are shown only when they are made."""
    with _desk(data, database) as desk:
        now_ms = desk.clock.now_ms()
        for one in desk.codes.all():
            click.echo(f"{one.station}  code {one.id}  {_standing(one, now_ms)}")


@station.command()
@click.argument("station_id", metavar="STATION")
@data_option
@database_option
def withdraw(station_id: str, data: Path, database: str | None) -> None:
    """Void the open code of STATION, at once, also while the hub runs."""
    with _desk(data, database) as desk:
        desk.codes.withdraw(station_id, None)
    click.echo(f"the code of {station_id} is void")


def join_line(text: str, fingerprint: str) -> str:
    """What is typed on the Pi."""
    return (
        "sudo -u kanban kanban-station join --config /etc/kanban-station/station.toml "
        f"--code {text} --ca-fingerprint {fingerprint}"
    )


@contextmanager
def _desk(data: Path, database: str | None) -> Iterator[Desk]:
    store = opened(data, database)
    try:
        with store.view() as view:
            clock = SteadyClock(view.latest_ms())
        yield Desk(store, clock, data)
    finally:
        store.close()


def _standing(one: JoinCode, now_ms: int) -> str:
    if one.used_ms is not None:
        return f"used {_time(one.used_ms)}"
    if one.revoked_ms is not None:
        return f"withdrawn {_time(one.revoked_ms)}"
    if one.is_open(now_ms):
        return f"open until {_time(one.expires_ms)}, {one.tries} wrong tries"
    return f"expired {_time(one.expires_ms)}" if now_ms >= one.expires_ms else "void after wrong tries"


def _time(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M} UTC"
