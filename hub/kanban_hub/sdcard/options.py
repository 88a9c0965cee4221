"""What can be said of a card on the command line, and what holds where nothing is said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from socket import gethostname
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from kanban_hub.domain.plant import Plant
from kanban_hub.sdcard.making import DAYS_MOST
from kanban_hub.sdcard.network import FixedAddress, Network, Wifi
from kanban_hub.sdcard.request import Request
from kanban_hub.stationfile import BUILDS

DOOR_PORT, BROKER_PORT = 8443, 8883
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
Command = TypeVar("Command", bound=Callable[..., Any])
Given = Mapping[str, Any]

_OPTIONS = (
    click.option(
        "--to",
        "folder",
        type=click.Path(path_type=Path),
        required=True,
        help="Where the card's boot partition, `bootfs`, is mounted.",
    ),
    click.option(
        "--hub",
        "door",
        metavar="URL",
        help="The hub's door for stations.  [default: https://THIS-MACHINE:8443]",
    ),
    click.option(
        "--broker", metavar="URL", help="The broker as stations reach it.  [default: mqtts://THE-HUB:8883]"
    ),
    click.option(
        "--release",
        metavar="N",
        help="Of the hub, or a folder.  [default: the newest]",
    ),
    click.option(
        "--release-key",
        type=_FILE,
        help="With a folder: `release.pub`.  [default: the hub's]",
    ),
    click.option("--build", type=click.Choice(list(BUILDS)), help="What is wired."),
    click.option("--file", "own_file", type=_FILE, help="Instead: a station's file that you have written."),
    click.option("--wifi", metavar="NAME", help="A Wi-Fi network with WPA2; its password is asked for."),
    click.option(
        "--wifi-password-file", type=_FILE, help="The Wi-Fi's password, in the first line of a file."
    ),
    click.option("--wifi-country", metavar="CC", help="Where it is used: DE, US, …"),
    click.option("--wifi-hidden", is_flag=True, help="The network does not tell its name."),
    click.option("--cable", is_flag=True, help="No Wi-Fi, though the last card of the station had it."),
    click.option("--static-ip", metavar="ADDRESS/PREFIX", help="A fixed address instead of DHCP."),
    click.option("--gateway", metavar="ADDRESS", help="With --static-ip: the way to other networks."),
    click.option("--dns", multiple=True, metavar="ADDRESS", help="With --static-ip: who knows names."),
    click.option("--dhcp", is_flag=True, help="DHCP, though the last card had a fixed address."),
    click.option("--timezone", metavar="ZONE", help="[default: the plant's]"),
    click.option("--ntp", multiple=True, metavar="HOST", help="Time servers that are asked after the hub."),
    click.option("--ssh-key", type=_FILE, help="A public key that may log in. Without: nobody."),
    click.option(
        "--writable/--closed",
        "is_writable",
        default=None,
        help="Leave the Pi's system writable.  [default: --closed, with a data partition]",
    ),
    click.option(
        "--days",
        type=click.IntRange(1, DAYS_MOST),
        default=DAYS_MOST,
        show_default=True,
        help="How long the card's code is good.",
    ),
)


def card_options(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request_of(station: str, given: Given, last: Request | None, plant: Plant) -> Request:
    """What is said now, then what the station's last card had, then what fits most plants."""
    door = given["door"] or (last.door if last is not None else f"https://{gethostname()}:{DOOR_PORT}")
    host = urlsplit(door).hostname or gethostname()
    asked = last or Request(station, door, "", timezone=plant.calendar.timezone)
    keeps_broker = last is not None and not given["door"]
    broker = given["broker"] or (asked.broker if keeps_broker else f"mqtts://{host}:{BROKER_PORT}")
    asked = replace(asked, door=door, broker=broker, network=_network(given, asked.network))
    if given["build"]:
        asked = replace(asked, build=BUILDS[given["build"]], own_file=None)
    if given["own_file"]:
        asked = replace(asked, own_file=given["own_file"].read_text())
    if given["ssh_key"]:
        asked = replace(asked, ssh_key=given["ssh_key"].read_text())
    if given["is_writable"] is not None:
        asked = replace(asked, is_writable=given["is_writable"])
    return replace(asked, timezone=given["timezone"] or asked.timezone, ntp=tuple(given["ntp"]) or asked.ntp)


def _network(given: Given, last: Network) -> Network:
    return Network(_wifi(given, last.wifi), _fixed(given, last.fixed))


def _wifi(given: Given, last: Wifi | None) -> Wifi | None:
    if given["cable"] or (given["wifi"] is None and last is None):
        return None
    name = given["wifi"] or (last.ssid if last is not None else "")
    country = given["wifi_country"] or (last.country if last is not None else "")
    is_hidden = given["wifi_hidden"] or (last is not None and last.is_hidden)
    return Wifi(name, _passphrase(name, given["wifi_password_file"]), country.upper(), is_hidden)


def _passphrase(name: str, file: Path | None) -> str:
    if file is not None:
        return (file.read_text().splitlines() or [""])[0]
    return str(click.prompt(f"Password of the Wi-Fi {name}", hide_input=True))


def _fixed(given: Given, last: FixedAddress | None) -> FixedAddress | None:
    if given["dhcp"] or (given["static_ip"] is None and last is None):
        return None
    base = last if given["static_ip"] is None and last is not None else FixedAddress(given["static_ip"] or "")
    return replace(base, gateway=given["gateway"] or base.gateway, dns=tuple(given["dns"]) or base.dns)
