"""A call for help without material, and what people do with a call."""

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import CallMoved, CallRaised, Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, accepted, already, says

# What is asked for by a topic of its own.
_KINDS = {"machine": CallKind.MACHINE}


def call_help(floor: Floor, topic: str | None, occasion: Occasion) -> Outcome:
    """Help is wanted at the station that asks. One open call for the same is enough."""
    station, kind = occasion.station or "", _KINDS.get(topic or "", CallKind.HELP)
    for call in floor.open_calls(station):
        if call.kind is kind and call.topic == topic:
            return already(None, says("Help is called already"))
    raised = CallRaised(None, f"call-{occasion.signal}", kind, station, None, topic, station)
    return accepted([raised], text=says("Help is called"))


def take(call: AndonCall) -> list[Event]:
    """Somebody is on the way."""
    return _moved(call, CallState.TAKEN)


def arrive(call: AndonCall) -> list[Event]:
    """Somebody is there. Who comes without a word before has taken it thereby."""
    return _moved(call, CallState.ARRIVED)


def solve(call: AndonCall, cause: str | None) -> list[Event]:
    """Work can go on; `cause` says what it was, when that is known already."""
    return _moved(call, CallState.SOLVED, cause)


def close(call: AndonCall, cause: str | None) -> list[Event]:
    """Nothing is left to find out: that needs a cause, said now or when it was solved."""
    events = _moved(call, CallState.CLOSED, cause)
    if not (cause or call.cause):
        raise DomainError(Reason.NOT_ALLOWED, f"say the cause of {call.id}", call.card)
    return events


def reject(call: AndonCall, cause: str | None) -> list[Event]:
    """It was none. It stays visible and counts in no mean."""
    return _moved(call, CallState.REJECTED, cause)


def _moved(call: AndonCall, target: CallState, cause: str | None = None) -> list[Event]:
    call.check(target)
    return [CallMoved(call.loop, call.id, target, cause)]
