"""One call's whole story: every event of it and of its card, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain import events as of
from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.ports import EventFilter, RecordedEvent, View
from kanban_hub.web.instant import instant
from kanban_hub.web.quality.places import station_name
from kanban_hub.web.sentences import sentence

EVENTS_MOST = 200


@dataclass(frozen=True)
class Chapter:
    """`more` is what the sentence leaves out: a cause, a note, who was told. `number` leads to the event."""

    number: int
    at: datetime
    text: str
    more: str
    station: str
    is_bad: bool


def story(view: View, call: AndonCall, plant: Plant, decided_ms: int | None) -> tuple[Chapter, ...]:
    """What happened to the call, and to its card until `decided_ms` or, while that is open, until now."""
    told = view.events(EventFilter(call=call.id, limit=EVENTS_MOST))
    found = {one.number: one for one in told}
    if call.card is not None:
        # A signal that was kept at its station is known later than it was given; never sooner.
        which = EventFilter(card=call.card, since_ms=call.raised_ms, limit=EVENTS_MOST)
        until_ms = decided_ms or call.closed_ms
        of_card = [one for one in view.events(which) if _is_within(one, call, until_ms)]
        found |= {one.number: one for one in _from_the_fail(of_card, min(found, default=0))}
    return tuple(_chapter(found[number], call, plant) for number in sorted(found))


def _from_the_fail(of_card: list[RecordedEvent], raised: int) -> list[RecordedEvent]:
    """What came to the card in the same instant and before the fail that raised the call is another story."""
    fails = [one.number for one in of_card if one.number < raised and _is_fail(one.event)]
    return [one for one in of_card if one.number >= max(fails, default=0)]


def _is_fail(event: of.Event) -> bool:
    return isinstance(event, of.CardMoved) and event.move is Move.FAIL


def _is_within(recorded: RecordedEvent, call: AndonCall, until_ms: int | None) -> bool:
    """Filled anew, a card has another story."""
    event = recorded.event
    if isinstance(event, of.CallEvent):
        return event.call == call.id
    return until_ms is None or recorded.occasion.moment.known_ms <= until_ms


def _chapter(recorded: RecordedEvent, call: AndonCall, plant: Plant) -> Chapter:
    event, occasion = recorded.event, recorded.occasion
    return Chapter(
        recorded.number,
        instant(occasion.moment.known_ms),
        sentence(event, plant),
        _more(event, call, plant),
        station_name(plant, occasion.station),
        isinstance(event, of.CallEscalated | of.LineStopped),
    )


def _more(event: of.Event, call: AndonCall, plant: Plant) -> str:
    match event:
        case of.CallEscalated():
            rule = next((rule for rule in plant.tree(call.kind) if rule.level == event.level), None)
            return _("told: %(groups)s") % {"groups": ", ".join(rule.tell)} if rule and rule.tell else ""
        case of.CallMoved() if event.cause:
            return plant.reason_name(event.cause)
        case of.CallRaised() if event.topic:
            return plant.reason_name(event.topic)
    return ""
