"""`kanban-hub link`: let external suppliers, screens and tablets in without an account, and out again."""

from datetime import UTC, datetime
from pathlib import Path

import click

from kanban_hub import datadir
from kanban_hub.accounts.command import url_option
from kanban_hub.clock import SteadyClock
from kanban_hub.domain.errors import DomainError
from kanban_hub.opening import data_option, database_option, opened
from kanban_hub.ports import Link, Store
from kanban_hub.suppliers import links as register
from kanban_hub.suppliers.addresses import checked_public_url, page_url, screen_url, station_url
from kanban_hub.suppliers.errors import LinkError
from kanban_hub.suppliers.signing import Signer


def _checked(_context: click.Context, _option: click.Parameter, url: str | None) -> str:
    try:
        return checked_public_url(url) if url else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


public_url_option = click.option(
    "--public-url",
    metavar="URL",
    envvar="KANBAN_HUB_PUBLIC_URL",
    callback=_checked,
    help="Where people outside reach the suppliers' pages, as https://kanban.example.com.",
)


@click.group()
def link() -> None:
    """Links that let external suppliers, screens and tablets in without an account."""


@link.command()
@click.argument("station")
@click.option(
    "--days", type=click.IntRange(1, register.DAYS_MOST), default=register.DAYS_USUAL, show_default=True
)
@public_url_option
@data_option
@database_option
def add(station: str, days: int, public_url: str, data: Path, database: str | None) -> None:
    """Make a link for the external supplier STATION and print it. Send it to nobody else."""
    store = opened(data, database)
    try:
        made = register.add(store, station, days, _now_ms(store))
    except DomainError as error:
        raise LinkError(str(error)) from None
    finally:
        store.close()
    click.echo(f"link {made.id} for {station}, good until {_day(made.expires_ms)}", err=True)
    if not public_url:
        click.echo(
            "write the address of the suppliers' pages before it, or name it by --public-url", err=True
        )
    click.echo(page_url(public_url, Signer(datadir.link_key(data)), made.id))


@link.command()
@click.argument("place")
@click.option(
    "--days", type=click.IntRange(1, register.DAYS_MOST), default=register.DAYS_USUAL, show_default=True
)
@url_option
@data_option
@database_option
def screen(place: str, days: int, url: str, data: Path, database: str | None) -> None:
    """Make a link for the wall display at PLACE and print it. It reads and nothing else."""
    store = opened(data, database)
    try:
        made = register.add_screen(store, place[: register.PLACE_MOST], days, _now_ms(store))
    finally:
        store.close()
    click.echo(f"link {made.id} for the screen {made.place}, good until {_day(made.expires_ms)}", err=True)
    click.echo(screen_url(url, Signer(datadir.link_key(data)), made.id))


@link.command()
@click.argument("station")
@click.argument("place")
@click.option(
    "--days", type=click.IntRange(1, register.DAYS_MOST), default=register.DAYS_USUAL, show_default=True
)
@url_option
@data_option
@database_option
def tablet(  # noqa: PLR0913, PLR0917  # one argument for each word of the command
    station: str, place: str, days: int, url: str, data: Path, database: str | None
) -> None:
    """Make a link by which the tablet at PLACE is the station STATION, and print it."""
    store = opened(data, database)
    whose = station, place[: register.PLACE_MOST]
    try:
        made = register.add_station(store, whose, days, _now_ms(store))
    except DomainError as error:
        raise LinkError(str(error)) from None
    finally:
        store.close()
    click.echo(f"link {made.id} for {station} at {made.place}, good until {_day(made.expires_ms)}", err=True)
    click.echo(station_url(url, Signer(datadir.link_key(data)), made.id))


@link.command(name="list")
@data_option
@database_option
def list_links(data: Path, database: str | None) -> None:
    """List all links. Their addresses are shown only when they are made."""
    store = opened(data, database)
    try:
        now_ms = _now_ms(store)
        with store.view() as view:
            suppliers, screens, tablets = view.links(), view.screens(), view.station_links()
    finally:
        store.close()
    for one in suppliers:
        click.echo(f"{one.id}  {one.station}  {_standing(one, now_ms)}")
    for shown in screens:
        click.echo(f"{shown.id}  screen {shown.place}  {_standing(shown, now_ms)}")
    for borne in tablets:
        click.echo(f"{borne.id}  {borne.station} at {borne.place}  {_standing(borne, now_ms)}")


@link.command()
@click.argument("link_id", metavar="ID")
@data_option
@database_option
def revoke(link_id: str, data: Path, database: str | None) -> None:
    """Take the link ID back, at once and for ever, also while the hub runs."""
    store = opened(data, database)
    try:
        whose = _revoked(store, link_id)
    finally:
        store.close()
    click.echo(f"link {link_id} for {whose} no longer works")


def _revoked(store: Store, link_id: str) -> str:
    """Whose link it was."""
    with store.view() as view:
        is_screen = any(one.id == link_id for one in view.screens())
        is_tablet = any(one.id == link_id for one in view.station_links())
    if is_tablet:
        revoked = register.revoke_station(store, link_id, _now_ms(store))
        return f"{revoked.station} at {revoked.place}"
    if is_screen:
        return f"the screen {register.revoke_screen(store, link_id, _now_ms(store)).place}"
    return register.revoke(store, link_id, _now_ms(store)).station


def _now_ms(store: Store) -> int:
    with store.view() as view:
        return SteadyClock(view.latest_ms()).now_ms()


def _standing(one: Link, now_ms: int) -> str:
    if one.revoked_ms is not None:
        return f"revoked on {_day(one.revoked_ms)}"
    return f"{'good until' if one.is_good(now_ms) else 'expired on'} {_day(one.expires_ms)}"


def _day(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d}"
