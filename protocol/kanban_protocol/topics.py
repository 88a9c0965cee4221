"""Every topic of the contract, built and read here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_protocol.errors import UnknownTopicError
from kanban_protocol.ids import is_name

ROOT = "kanban/v1"


class Up(StrEnum):
    """What a station sends to the hub."""

    SIGNAL = "signal"
    STATUS = "status"
    HEARTBEAT = "heartbeat"
    LAMPS = "lamps"


class Down(StrEnum):
    """What the hub sends to a station."""

    RECEIPTS = "receipts"
    SYNC = "sync"
    LAMPS = "lamps"
    ASSIGNMENT = "assignment"
    COMMAND = "command"


class Hub(StrEnum):
    """What the hub sends to all."""

    STATUS = "status"
    HEARTBEAT = "heartbeat"


_UP = {channel.value: channel for channel in Up}
_DOWN = {channel.value: channel for channel in Down}
_HUB = {channel.value: channel for channel in Hub}


@dataclass(frozen=True)
class Address:
    """Where a message belongs: the station it is from or to, `None` for the hub's own channels."""

    station: str | None
    channel: Up | Down | Hub


@dataclass(frozen=True)
class Topics:
    """The topics of one site."""

    site: str

    def __post_init__(self) -> None:
        if not is_name(self.site):
            raise UnknownTopicError(f"{self.site!r} is no site id: [a-z0-9-], 1 to 32 characters")

    def up(self, station: str, channel: Up) -> str:
        return f"{ROOT}/{self.site}/up/{_name(station)}/{channel}"

    def down(self, station: str, channel: Down) -> str:
        return f"{ROOT}/{self.site}/down/{_name(station)}/{channel}"

    def hub(self, channel: Hub) -> str:
        return f"{ROOT}/{self.site}/hub/{channel}"

    def for_station(self, station: str) -> tuple[str, ...]:
        """The filters that a station subscribes to: exact, so that a broker can refuse each by itself."""
        return (*(self.down(station, channel) for channel in Down), *(self.hub(c) for c in Hub))

    def for_hub(self) -> tuple[str, ...]:
        """The filters that the hub subscribes to."""
        return tuple(f"{ROOT}/{self.site}/up/+/{channel}" for channel in Up)

    def read(self, topic: str) -> Address:
        """The address that `topic` names.

        Raises `UnknownTopicError` for another site, an unknown channel, a level too many or a bad id.
        """
        match topic.split("/"):
            case ["kanban", "v1", self.site, "up", station, channel] if is_name(station) and channel in _UP:
                return Address(station, _UP[channel])
            case ["kanban", "v1", self.site, "down", station, channel] if (
                is_name(station) and channel in _DOWN
            ):
                return Address(station, _DOWN[channel])
            case ["kanban", "v1", self.site, "hub", channel] if channel in _HUB:
                return Address(None, _HUB[channel])
        raise UnknownTopicError(f"{topic[:120]!r} is no topic of site {self.site!r}")


def _name(station: str) -> str:
    if not is_name(station):
        raise UnknownTopicError(f"{station!r} is no station id: [a-z0-9-], 1 to 32 characters")
    return station
