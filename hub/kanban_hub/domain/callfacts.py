"""A call as its events add up."""

from dataclasses import replace

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.events import CallEscalated, CallEvent, CallMoved, CallRaised, LineStopped, Occasion


def first(event: CallRaised, occasion: Occasion) -> AndonCall:
    """The call that `event` raises."""
    return AndonCall(
        id=event.call,
        kind=CallKind(event.call_kind),
        station=event.station,
        raised_ms=occasion.moment.known_ms,
        loop=event.loop,
        card=event.card,
        topic=event.topic,
        raised_by=event.raised_by,
        signal=occasion.signal,
    )


def after(call: AndonCall, event: CallEvent, occasion: Occasion) -> AndonCall:
    """The call once `event` has happened."""
    match event:
        case CallMoved():
            return call.moved(CallState(event.state), occasion.moment.at_ms, event.cause)
        case CallEscalated():
            return replace(call, level=event.level)
        case LineStopped():
            return replace(call, stopped_ms=occasion.moment.at_ms)
    raise TypeError(event.kind)
