"""`kanban-station join` and `renew`."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from kanban_device import config
from kanban_device.commands import config_option, plainly
from kanban_device.config import StationConfig
from kanban_device.errors import DataUnusableError
from kanban_device.joining import join as joining
from kanban_device.joining.errors import NoHubError
from kanban_device.joining.identity import Facts
from kanban_device.joining.renew import Renewal

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@config_option
@click.option("--code", envvar="KANBAN_JOIN_CODE", help="The one-time code that the hub has made.")
@click.option("--code-file", type=_FILE, help="The file in which the code stands, instead.")
@click.option("--hub", "url", help="The hub's door, https://HUB:8443; without it [hub] of the file.")
@click.option(
    "--ca-fingerprint", "fingerprint", help="SHA-256 of the hub's authority, printed beside the code."
)
@click.option("--ca", type=_FILE, help="The hub's authority as a file, instead of its fingerprint.")
@plainly
def join(path: Path, code: str | None, code_file: Path | None, **hub: Any) -> None:
    """Get this station's certificate from the hub, by a one-time code. Its key is made and stays here."""
    loaded = config.load(path)
    pair = joining.join(loaded.station.id, loaded.data, _ticket(loaded, _code(code, code_file), **hub))
    facts = pair.facts()
    click.echo(f"joined as {facts.station}, until {_day(facts.ends_s)}; the station takes it within seconds")
    _compare(loaded, facts)


def _code(code: str | None, code_file: Path | None) -> str:
    if (code is None) == (code_file is None):
        raise click.UsageError("give the code by --code, or by --code-file")
    if code_file is None:
        return code or ""
    try:
        return code_file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DataUnusableError(code_file, f"no code to read: {error}") from None


def _ticket(
    loaded: StationConfig, code: str, url: str | None, fingerprint: str | None, ca: Path | None
) -> joining.Ticket:
    """What is given goes before what stands in the file."""
    table = loaded.hub
    door = url or (table.url if table is not None else None)
    if door is None:
        raise NoHubError
    if ca is None and not fingerprint and table is not None and table.ca is not None:
        ca = Path(table.ca)
    return joining.Ticket(door, code, fingerprint, ca)


@click.command()
@config_option
@click.option("--now", is_flag=True, help="Also before two thirds of the certificate's life are over.")
@plainly
def renew(path: Path, *, now: bool) -> None:
    """Renew this station's certificate when two thirds of its life are over. A timer does it each day."""
    loaded = config.load(path)
    renewal = Renewal(loaded.data, loaded.broker, loaded.hub.url if loaded.hub is not None else None)
    facts = renewal.facts()
    if not now and time.time() < facts.renew_at_s:
        click.echo(f"good until {_day(facts.ends_s)}; renewed from {_day(facts.renew_at_s)} on")
        return
    fresh = renewal.renew().facts()
    click.echo(f"renewed until {_day(fresh.ends_s)}")


def _compare(loaded: StationConfig, facts: Facts) -> None:
    """Say where the file does not fit what the hub says."""
    if not loaded.broker.tls:
        click.echo(
            f'note: mqtt.url is without TLS, so the certificate is not used; the hub says "{facts.broker}"'
        )
    elif loaded.mqtt.certificate is not None:
        click.echo(
            "note: mqtt.certificate names another file, which is used instead; take ca, certificate, key out"
        )


def _day(at_s: float) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%d}"
