"""`kanban-hub account`: let people in, and out again. Whoever may run this owns the hub's data anyway."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kanban_hub.accounts.account import ROLES_OF_ACCOUNTS, Account, AccountRole
from kanban_hub.accounts.addresses import welcome_url
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.register import Register, Wanted
from kanban_hub.clock import SteadyClock
from kanban_hub.opening import data_option, database_option, opened
from kanban_hub.ports import Store
from kanban_hub.suppliers.addresses import checked_public_url


def _checked(_context: click.Context, _option: click.Parameter, url: str | None) -> str:
    try:
        return checked_public_url(url) if url else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


url_option = click.option(
    "--url",
    metavar="URL",
    envvar="KANBAN_HUB_URL",
    callback=_checked,
    help="Where people in the plant reach the hub, as http://hub.lan:8080.",
)
_role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in ROLES_OF_ACCOUNTS]),
)


@click.group()
def account() -> None:
    """Accounts of people. There is no default password: each is set by a link that works once."""


@account.command()
@click.argument("name")
@_role_option
@click.option("--station", help="Where a supplier delivers from.")
@url_option
@data_option
@database_option
def add(name: str, roles: tuple[str, ...], data: Path, database: str | None, **rest: str) -> None:
    """Add the account NAME and print the link that sets its password."""
    wanted = Wanted([AccountRole(role) for role in roles], rest["station"])
    with _register(data, database) as (register, store):
        with store.view() as view:
            wanted.check(view.plant())
        link = register.add(name, wanted, by=None)
    _hand_over(rest["url"], link)


@account.command(name="list")
@data_option
@database_option
def list_accounts(data: Path, database: str | None) -> None:
    """List all accounts with their roles."""
    with _register(data, database) as (register, _):
        for one in register.accounts():
            click.echo(f"{one.name}  {', '.join(sorted(one.roles))}{_standing(one)}")


@account.command()
@click.argument("name")
@data_option
@database_option
def disable(name: str, data: Path, database: str | None) -> None:
    """Let nobody in as NAME any more, at once, also while the hub runs."""
    with _register(data, database) as (register, _):
        register.disable(name, by=None)
    click.echo(f"account {name} is disabled, and its sessions have ended")


@account.command()
@click.argument("name")
@url_option
@data_option
@database_option
def reset(name: str, url: str, data: Path, database: str | None) -> None:
    """Void the password of NAME, end its sessions, and print the link that sets a new one."""
    with _register(data, database) as (register, _):
        link = register.reset(name, by=None)
    _hand_over(url, link)


@contextmanager
def _register(data: Path, database: str | None) -> Iterator[tuple[Register, Store]]:
    store = opened(data, database)
    try:
        with store.view() as view:
            clock = SteadyClock(view.latest_ms())
        yield Register(store, Hashing(), clock.now_ms), store
    finally:
        store.close()


def _hand_over(url: str, link: str) -> None:
    click.echo("it works once and for a day; give it to nobody else", err=True)
    if not url:
        click.echo("write the hub's address before it, or name it by --url", err=True)
    click.echo(welcome_url(url, link))


def _standing(one: Account) -> str:
    station = f" at {one.station}" if one.station else ""
    if one.is_disabled:
        return f"{station}  disabled"
    return station if one.password else f"{station}  no password yet"
