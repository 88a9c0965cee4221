"""The file of a station, filled in as far as the hub knows: for a card, and to be taken from its page."""

import json
from dataclasses import dataclass, replace
from ipaddress import ip_address
from socket import gethostname
from urllib.parse import urlsplit

from kanban_hub.domain.floor import Floor
from kanban_protocol.endpoint import PORTS, Endpoint

# The default wiring of `hardware/README.md`, by slot: BCM numbers of button and lamp.
PINS = {1: (17, 22), 2: (27, 23), 3: (24, 25), 4: (16, 20)}
_HEAD = """\
# The file of the station {name}, made by its hub. Put it to /etc/kanban-station/station.toml.
# The pins are those of the default wiring: change what is wired otherwise, then `kanban-station check`.

[station]
id = {id}
site = {site}
data = "/var/lib/kanban-station"

[mqtt]
url = {url}{files}{door}

[hardware]
pins = "lgpio"
"""
_FILES = """
ca = "/etc/kanban-station/ca.crt"
certificate = "/etc/kanban-station/station.crt"
key = "/etc/kanban-station/station.key\""""
# What a station gets when it joins lies in its data directory; it names no files of a certificate.
_DOOR = """

[hub]
url = {door}
ca = "/etc/kanban-station/ca.crt\""""
_SLOT = """
[[hardware.slots]]                  # {item}
slot = {slot}
button = {button}
lamp = {lamp}
"""
_OPEN_SLOT = """
# [[hardware.slots]]                # {item}: the default wiring has no pins for it
# slot = {slot}
# button =
# lamp =
"""
_QUALITY = """
[hardware.quality]
button = 5
"""
_HELP = """
[hardware.help]
button = 12
"""
STACK = {"red": 6, "amber": 13, "green": 19}
_STACK = """
[hardware.stack]
red = 6
amber = 13
green = 19
"""
_BUZZER = """
[hardware.buzzer]
pin = 26
"""
# `firstboot.sh` has udev give this name to the scanner that is plugged in; with two, name each by its own.
_SCANNER = """
[[hardware.scanners]]
port = "/dev/kanban-scanner"
kind = "serial"
baud_rate = 9600
"""


@dataclass(frozen=True)
class Build:
    """What of the default wiring is there. `slots`: at most so many lit buttons, from slot 1 on."""

    slots: int = len(PINS)
    has_quality: bool = True
    has_help: bool = False
    has_stack: bool = True
    has_scanner: bool = False


# The reference builds of `hardware/builds`; a test compares them.
BUILDS = {
    "one-slot": Build(slots=1, has_stack=False),
    "four-slots": Build(has_help=True, has_scanner=True),
    "scanner-only": Build(slots=0, has_quality=False, has_stack=False, has_scanner=True),
}
WHOLE = Build()


def station_file(floor: Floor, station: str, broker: str, build: Build = WHOLE, door: str = "") -> str:
    """The file of `station` as TOML. `broker` is the address of the broker as stations reach it.

    With `door`, the hub's door for stations, it joins there and has its certificate from there; without, the
    files of a certificate of the plant's own are named where the broker asks for one.
    Slots that the plant gives the station and `build` has no button for stand in it as a comment.
    """
    known = floor.plant.stations[station]
    head = _HEAD.format(
        name=_comment(known.name),
        id=json.dumps(station),
        site=json.dumps(floor.plant.site),
        url=json.dumps(broker),
        files=_FILES if broker.startswith("mqtts:") and not door else "",
        door=_DOOR.format(door=json.dumps(door)) if door else "",
    )
    slots = [
        _slot(slot, _comment(floor.plant.item_name(loop)), build)
        for slot, loop in sorted(floor.plant.slots_at(station).items())
    ]
    parts = [
        _QUALITY if build.has_quality else "",
        _HELP if build.has_help else "",
        _STACK if build.has_stack else "",
        _BUZZER,
        _SCANNER if build.has_scanner else _commented(_SCANNER),
    ]
    return "".join([head, *slots, *parts])


def broker_url(broker: Endpoint | None, host: str) -> str:
    """How stations reach the broker, as far as the hub can tell: one on the hub's own machine has its name.

    `host` is the name by which the reader has reached the hub. Never with a password.
    """
    outside = gethostname() if _is_own(host) else host
    if broker is None:
        return f"mqtt://{outside}:{PORTS['mqtt']}"
    shown = outside if _is_own(broker.host) else broker.host
    named = f"[{shown}]" if ":" in shown else shown
    return f"{'mqtts' if broker.tls else 'mqtt'}://{named}:{broker.port}"


def door_url(host: str, port: int) -> str:
    """How stations reach the hub's door at `port`. `host` is the Host header of the reader."""
    named = urlsplit(f"//{host}").hostname or gethostname()
    outside = gethostname() if _is_own(named) else named
    return f"https://{f'[{outside}]' if ':' in outside else outside}:{port}"


def stations_broker(broker: Endpoint, host: str) -> str:
    """What a station that joins is told of the broker: by TLS, because it has a certificate now.

    `host` is the Host header by which it has reached the hub. A hub that itself speaks to its broker without
    TLS has the broker's other listener beside it, at the usual port.
    """
    named = urlsplit(f"//{host}").hostname or gethostname()
    secure = broker if broker.tls else replace(broker, tls=True, port=PORTS["mqtts"])
    return broker_url(secure, named)


def _commented(table: str) -> str:
    return "".join(f"# {line}" if line.strip() else line for line in table.splitlines(keepends=True))


def _slot(slot: int, item: str, build: Build) -> str:
    if slot not in PINS or slot > build.slots:
        return _OPEN_SLOT.format(slot=slot, item=item)
    button, lamp = PINS[slot]
    return _SLOT.format(slot=slot, item=item, button=button, lamp=lamp)


def _comment(text: str) -> str:
    """A name as part of a comment: it ends no line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
