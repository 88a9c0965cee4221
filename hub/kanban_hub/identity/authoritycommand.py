"""`kanban-hub authority` and `kanban-hub broker`: whom stations trust, and what Mosquitto needs of that."""

from pathlib import Path

import click

from kanban_hub.errors import NotLoadedError
from kanban_hub.identity.desk import desk_in
from kanban_hub.opening import data_option, database_option


@click.group()
def authority() -> None:
    """The hub's authority, which signs for stations, door and broker; and the next one one day."""


@authority.command()
@data_option
@database_option
def show(data: Path, database: str | None) -> None:
    """Print the fingerprint of the authority that signs, and how many are trusted."""
    with desk_in(data, database) as desk:
        found = desk.authority()
    for number in found.numbers:
        signs = "signs" if number == found.signing else "is trusted"
        click.echo(f"authority {number} {signs}: {found.fingerprint_of(number)}")


@authority.command(name="next")
@data_option
@database_option
def begin_next(data: Path, database: str | None) -> None:
    """Trust one more authority. Stations learn of it when they renew, within 60 days."""
    with desk_in(data, database) as desk:
        found = desk.authority().begin_next(desk.clock.now_ms())
    click.echo(
        f"authority {found.numbers[-1]} is trusted from now on; `switch` when every station has renewed"
    )


@authority.command()
@data_option
@database_option
def switch(data: Path, database: str | None) -> None:
    """Have the newest authority sign. Stations that do not know it yet would be locked out: see `next`."""
    with desk_in(data, database) as desk:
        found = desk.authority().switch()
    click.echo(f"authority {found.signing} signs from now on: {found.fingerprint}")


@authority.command()
@data_option
@database_option
def drop(data: Path, database: str | None) -> None:
    """Trust only the authority that signs. Certificates of the others are good no more."""
    with desk_in(data, database) as desk:
        found = desk.authority().drop()
    click.echo(f"only authority {found.signing} is trusted")


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1)
@click.option(
    "--passwords", is_flag=True, help="Stations log in with user and password instead of certificates."
)
@data_option
@database_option
def broker(names: tuple[str, ...], passwords: bool, data: Path, database: str | None) -> None:
    """Write what Mosquitto needs, for a broker reached under NAME and this machine's own names."""
    from kanban_hub.identity import own  # noqa: PLC0415  # as in desk
    from kanban_hub.identity.broker import INSTALLED, BrokerFolder  # noqa: PLC0415

    with desk_in(data, database) as desk:
        with desk.store.view() as view:
            plant = view.plant()
        if plant is None:
            raise NotLoadedError
        folder = BrokerFolder(desk.authority())
        known = own.names_of("", names)
        folder.make(plant.site, known, desk.clock.now_ms(), by_password=passwords)
    click.echo(f"{folder.path}: certificate for {', '.join(known)}")
    click.echo("now, as root:", err=True)
    click.echo(f"  install -d -o mosquitto -m 700 {INSTALLED}")
    click.echo(f"  install -o mosquitto -m 600 -t {INSTALLED} {folder.path}/*")
    click.echo(f"  mv {INSTALLED}/kanban.conf /etc/mosquitto/conf.d/kanban.conf")
    click.echo("  systemctl restart mosquitto")
