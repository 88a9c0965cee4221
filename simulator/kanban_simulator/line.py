"""What a virtual station and its firmware's process say to each other: JSON, one object a line."""

from msgspec import Struct, json

from kanban_device.config import StationConfig


class Start(Struct, frozen=True, tag="start"):
    """The first line to the firmware: its whole configuration, and the buttons that are down already."""

    config: StationConfig
    held: list[str]


class Contact(Struct, frozen=True, tag="contact"):
    """A button's contact, by its part: "slot-1" …, "quality" or "help"."""

    part: str
    closed: bool


class Report(Struct, frozen=True):
    """What can be seen of a station, sent at each change. `levels` are the lamps and the buzzer by part."""

    levels: dict[str, bool] = {}
    patterns: dict[str, str] = {}
    outbox: int = 0
    display: list[str] = []


_encoder = json.Encoder()
order_decoder = json.Decoder(Start | Contact)
report_decoder = json.Decoder(Report)


def encode(line: Start | Contact | Report) -> bytes:
    """One line, with its end."""
    return _encoder.encode(line) + b"\n"
