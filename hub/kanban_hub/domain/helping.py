"""A call for help without material, and what people do with a call."""

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.events import CallMoved, CallRaised, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, accepted, already


def call_help(floor: Floor, topic: str | None, occasion: Occasion) -> Outcome:
    """Help is wanted at the station that asks. One open call is enough."""
    station = occasion.station or ""
    for call in floor.open_calls(station):
        if call.kind is CallKind.HELP and call.topic == topic:
            return already(None, "Help is called already")
    raised = CallRaised(None, f"call-{occasion.signal}", CallKind.HELP, station, None, topic, station)
    return accepted([raised], text="Help is called")


def take(call: AndonCall) -> list[Event]:
    """Somebody is on the way."""
    call.check(CallState.TAKEN)
    return [CallMoved(call.loop, call.id, CallState.TAKEN)]


def solve(call: AndonCall, cause: str | None) -> list[Event]:
    """It is mended; `cause` says what it was."""
    call.check(CallState.SOLVED)
    return [CallMoved(call.loop, call.id, CallState.SOLVED, cause)]
