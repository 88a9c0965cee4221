"""`kanban-hub station`: let the Pis of stations in, and out again."""

import threading
import time
from pathlib import Path

import click

from kanban_hub import datadir
from kanban_hub.errors import BusyError
from kanban_hub.identity.codes import LIFE_S
from kanban_hub.identity.desk import Desk, desk_in, time_of
from kanban_hub.identity.record import Certificate, JoinCode
from kanban_hub.opening import data_option, database_option

_DAY_MINUTES = 1_440
# The running hub looks each second; the broker reads its list when it is told to.
CUT_WITHIN_S = 15.0
LOOK_S = 0.25


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
    with desk_in(data, database) as desk:
        authority = desk.authority()
        issued = desk.codes.issue(station_id, None, minutes * 60)
    click.echo(f"code         {issued.text}")
    click.echo(f"authority    {authority.fingerprint}")
    click.echo(f"good until   {time_of(issued.code.expires_ms)}, once, for station {station_id}", err=True)
    click.echo("on its Pi    " + join_line(issued.text, authority.fingerprint), err=True)


@station.command(name="list")
@data_option
@database_option
def list_stations(data: Path, database: str | None) -> None:
    """List codes and certificates. The texts of codes are shown only when they are made."""
    with desk_in(data, database) as desk:
        now_ms = desk.clock.now_ms()
        with desk.store.identities(writes=False) as book:
            codes, certificates = book.codes(), book.certificates()
    for made in codes:
        click.echo(f"{made.station}  code {made.id}  {_code_standing(made, now_ms)}")
    for one in certificates:
        click.echo(f"{one.station}  certificate {one.serial[-12:]}  {_standing(one, now_ms)}")


@station.command()
@click.argument("station_id", metavar="STATION")
@data_option
@database_option
def withdraw(station_id: str, data: Path, database: str | None) -> None:
    """Void the open code of STATION, at once, also while the hub runs."""
    with desk_in(data, database) as desk:
        desk.codes.withdraw(station_id, None)
    click.echo(f"the code of {station_id} is void")


@station.command()
@click.argument("station_id", metavar="STATION")
@data_option
@database_option
def revoke(station_id: str, data: Path, database: str | None) -> None:
    """Let the Pi of STATION in nowhere any more, and end its connection. A new code lets one in again."""
    from kanban_hub.identity.broker import BrokerFolder  # noqa: PLC0415  # as in desk

    with desk_in(data, database) as desk:
        desk.joining.revoke(station_id, None)
        click.echo(f"station {station_id} is revoked: the hub takes nothing from it any more")
        with desk.store.identities(writes=False) as book:
            revoked = [int(one.serial, 16) for one in book.certificates(station_id)]
        folder = BrokerFolder(desk.authority())
        folder.revoke(revoked, desk.clock.now_ms())
        if not _has_hub(data):
            told = f"no hub runs: the broker still has to read {folder.path / 'crl.pem'}, and the running hub"
            click.echo(f"{told} will end the connection when it is started", err=True)
        elif _is_cut(desk, station_id):
            click.echo("its connection is ended, and the broker lets it in no more")
        else:
            click.echo(
                f"its connection may still stand: the broker has not read {folder.path / 'crl.pem'} yet; "
                "the hub goes on trying, and its page of the station says how it stands",
                err=True,
            )


def join_line(text: str, fingerprint: str, hub: str = "") -> str:
    """What is typed on the Pi."""
    at = f" --hub {hub}" if hub else ""
    return (
        "sudo -u kanban /opt/kanban-station/current/bin/kanban-station join "
        f"--config /etc/kanban-station/station.toml{at} --code {text} --ca-fingerprint {fingerprint}"
    )


def _has_hub(data: Path) -> bool:
    try:
        with datadir.lock(data):
            return False
    except BusyError:
        return True


def _is_cut(desk: Desk, station_id: str) -> bool:
    """Wait until the running hub says so. The condition is another process's, so there is no event."""
    end_s, pause = time.monotonic() + CUT_WITHIN_S, threading.Event()
    while time.monotonic() < end_s:
        with desk.store.identities(writes=False) as book:
            if all(one.cut_ms is not None for one in book.certificates(station_id)):
                return True
        pause.wait(LOOK_S)
    return False


def _code_standing(one: JoinCode, now_ms: int) -> str:
    if one.used_ms is not None:
        return f"used {time_of(one.used_ms)}"
    if one.revoked_ms is not None:
        return f"withdrawn {time_of(one.revoked_ms)}"
    if one.is_open(now_ms):
        return f"open until {time_of(one.expires_ms)}, {one.tries} wrong tries"
    return f"expired {time_of(one.expires_ms)}" if now_ms >= one.expires_ms else "void after wrong tries"


def _standing(one: Certificate, now_ms: int) -> str:
    if one.revoked_ms is not None:
        ended = f", connection ended {time_of(one.cut_ms)}" if one.cut_ms is not None else ""
        return f"revoked {time_of(one.revoked_ms)}{ended}"
    return f"{'good until' if one.is_good(now_ms) else 'expired'} {time_of(one.expires_ms)}"
