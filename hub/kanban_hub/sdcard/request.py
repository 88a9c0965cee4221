"""What is asked of a card: by the command line, or by the form of a page. All its faults at once."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kanban_hub.domain.floor import Floor
from kanban_hub.sdcard.cloudinit import Machine
from kanban_hub.sdcard.network import Network
from kanban_hub.stationfile import STACK, WHOLE, Build, station_file

# RFC 4253: a kind of key, its base64, a comment; the first two cannot be something else by chance.
_SSH_KEY = re.compile(r"(ssh-(ed25519|rsa)|ecdsa-sha2-\S+|sk-\S+) [A-Za-z0-9+/]{60,}={0,3}( .*)?")


NO_WORD = Network()


@dataclass(frozen=True)
class Request:
    """`door` is the hub's station door and `broker` the broker, both as the station reaches them.

    `own_file` is a station's file that somebody wrote; without it one is made by `build`. `is_writable`: the
    system of the Pi is not closed after the installation.
    """

    station: str
    door: str
    broker: str
    network: Network = NO_WORD
    build: Build = WHOLE
    own_file: str | None = None
    timezone: str = "UTC"
    ntp: tuple[str, ...] = ()
    ssh_key: str | None = None
    is_writable: bool = False

    def faults(self, floor: Floor) -> Iterator[str]:
        if self.station not in floor.plant.stations:
            known = ", ".join(floor.plant.stations)
            yield f"the plant has no station {self.station!r}: it has {known}; add it there first"
        elif floor.plant.stations[self.station].external:
            yield f"{self.station} is an external supplier, reached by its link: it has no Pi"
        yield from self._address_faults()
        yield from self._file_faults(floor.plant.site)
        yield from self.network.faults()
        if not _is_zone(self.timezone):
            yield f"--timezone: {self.timezone!r} is no time zone; write Europe/Berlin or the like"
        if self.ssh_key is not None and not _SSH_KEY.fullmatch(self.ssh_key.strip()):
            yield "--ssh-key: this is not one public key of OpenSSH, as the file id_ed25519.pub has it"

    def _address_faults(self) -> Iterator[str]:
        door = urlsplit(self.door)
        if door.scheme != "https" or not door.hostname:
            yield f"--hub: {self.door!r}: write https://HOST:PORT, the hub's door for stations"

    def _file_faults(self, site: str) -> Iterator[str]:
        """Of a file that somebody wrote. Whether all of it is right, only the station's program can say."""
        if self.own_file is None:
            return
        try:
            tables = tomllib.loads(self.own_file)
        except tomllib.TOMLDecodeError as error:
            yield f"--file: {error}"
            return
        table = tables.get("station")
        if not isinstance(table, dict) or not {"id", "site"} <= set(table):
            yield "--file: it has no [station] with id and site"
            return
        if table["id"] != self.station:
            yield f"--file: it is of the station {table['id']}, not {self.station}"
        if table["site"] != site:
            yield f"--file: it is of the site {table['site']}, not {site}"
        if "hub" not in tables:
            yield f'--file: it has no [hub] with url = "{self.door}": its certificate could not be renewed'

    def machine(self, instance: str) -> Machine:
        """`instance` is unique for each card that is written."""
        host = urlsplit(self.door).hostname or ""
        return Machine(
            # RFC 1123: a label neither begins nor ends with a hyphen; a station's id may.
            hostname=f"kanban-{self.station}".rstrip("-"),
            instance=instance,
            timezone=self.timezone,
            ntp=tuple(dict.fromkeys((host, *self.ntp))),
            network=self.network,
        )

    def file(self, floor: Floor) -> str:
        """The station's file, as it comes to the card."""
        if self.own_file is not None:
            return self.own_file
        return station_file(floor, self.station, self.broker, self.build, self.door)

    @property
    def pins(self) -> dict[str, int]:
        """Of the stack light that the installation may use: only in a file that was made here."""
        return STACK if self.own_file is None and self.build.has_stack else {}


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
