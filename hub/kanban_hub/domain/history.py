"""Every kind of event that a history may hold: by these names they are stored and read again."""

from kanban_hub.domain.events import (
    CallEscalated,
    CallMoved,
    CallRaised,
    CardCounted,
    CardEnding,
    CardIssued,
    CardMadeRegular,
    CardMoved,
    CardObsoleted,
    CardStood,
    CardSuspected,
    Event,
    LineStopped,
    PulledTooFast,
    PullRepeated,
    SignalRefused,
)
from kanban_hub.domain.records.registry import RECORD_EVENTS

EVENT_TYPES: tuple[type[Event], ...] = (
    CardIssued,
    CardMoved,
    CardStood,
    CardMadeRegular,
    CardEnding,
    CardCounted,
    CardObsoleted,
    CardSuspected,
    PulledTooFast,
    CallRaised,
    CallMoved,
    CallEscalated,
    LineStopped,
    PullRepeated,
    SignalRefused,
    *RECORD_EVENTS,
)
KINDS: dict[str, type[Event]] = {event.kind: event for event in EVENT_TYPES}
