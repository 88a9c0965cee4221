"""The contract as an AsyncAPI 3 document, made from the same types: `python -m kanban_protocol.asyncapi`."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import msgspec

from kanban_protocol import messages
from kanban_protocol.codec import MAX_MESSAGE_BYTES, MAX_SIGNAL_BYTES
from kanban_protocol.signals import SIGNAL_TYPES
from kanban_protocol.topics import ROOT, Down, Hub, Up

REFERENCE = "#/components/schemas/{name}"


@dataclass(frozen=True)
class Channel:
    """One topic: its place, what crosses it, and how."""

    name: str
    address: str
    forms: tuple[Any, ...]
    summary: str
    is_retained: bool = False
    qos: int = 1
    limit_bytes: int = MAX_MESSAGE_BYTES

    @property
    def action(self) -> str:
        """Seen from a station: what it sends and what it receives."""
        return "send" if "/up/" in self.address else "receive"


def _up(channel: Up) -> str:
    return f"{ROOT}/{{site}}/up/{{station}}/{channel}"


def _down(channel: Down) -> str:
    return f"{ROOT}/{{site}}/down/{{station}}/{channel}"


def _hub(channel: Hub) -> str:
    return f"{ROOT}/{{site}}/hub/{channel}"


CHANNELS = (
    Channel("signal", _up(Up.SIGNAL), SIGNAL_TYPES, "One signal.", limit_bytes=MAX_SIGNAL_BYTES),
    Channel(
        "stationStatus",
        _up(Up.STATUS),
        (messages.StationStatus,),
        "Birth, and the last will.",
        is_retained=True,
    ),
    Channel(
        "stationHeartbeat", _up(Up.HEARTBEAT), (messages.StationHeartbeat,), "Every 10 s: how it is.", qos=0
    ),
    Channel(
        "shownLamps", _up(Up.LAMPS), (messages.ShownLamps,), "What the lamps really show.", is_retained=True
    ),
    Channel("receipts", _down(Down.RECEIPTS), (messages.Receipts,), "The hub's word on signals."),
    Channel("sync", _down(Down.SYNC), (messages.Sync,), "How far the hub has each epoch.", is_retained=True),
    Channel("lamps", _down(Down.LAMPS), (messages.LampState,), "The wanted lamps.", is_retained=True),
    Channel(
        "assignment",
        _down(Down.ASSIGNMENT),
        (messages.Assignment,),
        "What each slot means.",
        is_retained=True,
    ),
    Channel("command", _down(Down.COMMAND), (messages.Command,), "Identify, self-test, update."),
    Channel(
        "hubStatus", _hub(Hub.STATUS), (messages.HubStatus,), "Birth, and the last will.", is_retained=True
    ),
    Channel("hubHeartbeat", _hub(Hub.HEARTBEAT), (messages.HubHeartbeat,), "Every 5 s.", qos=0),
)


def document() -> dict[str, Any]:
    """The whole document, as JSON values."""
    forms = [form for channel in CHANNELS for form in channel.forms]
    _, schemas = msgspec.json.schema_components(forms, ref_template=REFERENCE)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kanban Signal Station",
            "version": "1",
            "description": "MQTT 3.1.1, clean sessions, keepalive 15 s. Operations are seen from a station. "
            "Only the hub's receipt takes a signal out of an outbox; the broker's word promises nothing.",
        },
        "defaultContentType": "application/json",
        "channels": {channel.name: _channel(channel) for channel in CHANNELS},
        "operations": {channel.name: _operation(channel) for channel in CHANNELS},
        "components": {"messages": _messages(), "schemas": schemas},
    }


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _channel(channel: Channel) -> dict[str, Any]:
    parameters = {name: {"description": f"The {name}'s id."} for name in ("site", "station")}
    names = [form.__name__ for form in channel.forms]
    return {
        "address": channel.address,
        "description": f"{channel.summary} At most {channel.limit_bytes} bytes.",
        "parameters": {name: p for name, p in parameters.items() if f"{{{name}}}" in channel.address},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"mqtt": {}},
    }


def _operation(channel: Channel) -> dict[str, Any]:
    return {
        "action": channel.action,
        "channel": {"$ref": f"#/channels/{channel.name}"},
        "summary": channel.summary,
        "bindings": {"mqtt": {"qos": channel.qos, "retain": channel.is_retained, "bindingVersion": "0.2.0"}},
    }


def _messages() -> dict[str, Any]:
    return {
        form.__name__: {
            "name": form.__name__,
            "summary": (form.__doc__ or "").strip().split("\n")[0],
            "payload": {"$ref": REFERENCE.format(name=form.__name__)},
        }
        for channel in CHANNELS
        for form in channel.forms
    }


if __name__ == "__main__":
    sys.stdout.write(text())
