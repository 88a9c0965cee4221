"""Everything that is written for one station, as files by their place on the boot partition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from shlex import quote

from kanban_hub.sdcard import cloudinit
from kanban_hub.sdcard.bundle import Bundle
from kanban_hub.sdcard.cloudinit import FOLDER, Machine

# Written by the Pi, read by people.
RESULT = f"{FOLDER}/result.txt"
SEED = ("user-data", "meta-data", "network-config")


@dataclass(frozen=True)
class SdCard:
    """What the Pi is to become.

    `now_s` is the time of writing, seconds since 1970: the Pi has no clock of its own and takes no earlier
    time for the present, because a certificate of the hub would then not be valid yet.
    `pins` are the BCM numbers of the stack light's red and amber lamp, where there is one.
    """

    station: str
    machine: Machine
    station_file: str
    code: str
    door: str
    authority: bytes
    release: Bundle
    now_s: int
    ssh_key: str | None = None
    pins: Mapping[str, int] = field(default_factory=dict)
    is_writable: bool = False


def files(card: SdCard) -> dict[str, bytes]:
    """Each file's content by its place. Nothing of it is written yet."""
    seed = {
        "user-data": cloudinit.user_data(card.machine),
        "meta-data": cloudinit.meta_data(card.machine),
        "network-config": cloudinit.network_config(card.machine),
    }
    ours = {
        "setup.conf": _settings(card),
        "station.toml": card.station_file,
        "code": card.code + "\n",
        "read-me.txt": _READ_ME.format(station=card.station),
    }
    if card.ssh_key is not None:
        ours["ssh.pub"] = card.ssh_key.strip() + "\n"
    found = {name: text.encode() for name, text in ours.items()} | _scripts()
    found |= {"ca.crt": card.authority, "release.pem": card.release.key}
    found |= {f"release/{name}": content for name, content in card.release.files.items()}
    # The seed comes last: a card that was pulled out too early does nothing.
    return {f"{FOLDER}/{name}": content for name, content in found.items()} | {
        name: text.encode() for name, text in seed.items()
    }


def _settings(card: SdCard) -> str:
    """As a shell reads it."""
    settings = {
        "STATION": card.station,
        "DOOR": card.door,
        "WRITTEN_AT_S": str(card.now_s),
        "WIFI": "yes" if card.machine.network.wifi is not None else "",
        "WRITABLE": "yes" if card.is_writable else "",
        "PIN_RED": str(card.pins.get("red", "")),
        "PIN_AMBER": str(card.pins.get("amber", "")),
    }
    return "".join(f"{name}={quote(value)}\n" for name, value in settings.items())


def _scripts() -> dict[str, bytes]:
    return {
        script.name: script.read_bytes() for script in resources.files(__package__).joinpath("boot").iterdir()
    }


_READ_ME = """\
This card makes a Raspberry Pi the station {station}.

Put it into the Pi and switch on. The first start takes some minutes; do not take the power away meanwhile.
If it went away all the same, switch on again: the installation goes on where it was.

The small green lamp on the board, and the stack light where one is wired:
  slow blinking, amber double flashes   it installs
  quick blinking, red quick flashes     it failed: the file result.txt beside this one says why
  the lamps of every station            done

After success the one-time code and the Wi-Fi's key are gone from this card.
"""
