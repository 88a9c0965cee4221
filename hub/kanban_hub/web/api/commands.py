"""Commands to a station: which one it is, and whether its lamps are well."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from kanban_hub.accounts.rights import Errand
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.messages import CommandKind


class CommandOrder(Struct, frozen=True, kw_only=True):
    """`identify`: blink for ten seconds. `self_test`: light each lamp in turn. `rebirth`: tell all anew."""

    command: Literal["identify", "self_test", "rebirth"]


class CommandGiven(Struct, frozen=True, kw_only=True):
    """Whether somebody can have heard it. What a station does is seen there and nowhere else."""

    sent: Annotated[bool, Meta(description="The broker has it; it keeps it for nobody.")]
    online: Annotated[bool, Meta(description="The station, or one of its panels, was heard of late.")]
    last_heard_at: Instant | None


@operation("POST /api/v1/stations/{station}/commands", errors=(404,), gives=(Errand.COMMAND,))
def command_station(parts: WebParts, station: str, body: CommandOrder) -> CommandGiven:
    """Tell a station to show which it is, or to test its lamps. Software is not updated by this release."""
    return commanded(parts, station, CommandKind(body.command))


def commanded(parts: WebParts, station: str, kind: CommandKind) -> CommandGiven:
    """Give the command. Raises a 404."""
    with parts.floor() as (floor, _):
        if station not in floor.plant.stations:
            raise not_found(f"no station {station[:80]!r}")
    is_sent = parts.commands.give(station, kind)
    parts.changes.tell()  # the station's pages ask for it
    now_s, heard = parts.presence.now_s(), parts.presence.of(station)
    age_s = heard.age_s(now_s)
    heard_at = None if age_s is None else instant(parts.clock.now_ms()) - timedelta(seconds=age_s)
    is_online = heard.is_online(now_s) or any(panel.is_online(now_s) for panel in heard.panels)
    return CommandGiven(sent=is_sent, online=is_online, last_heard_at=heard_at)
