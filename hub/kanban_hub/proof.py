"""The proof that the cards are what their events add up to."""

from collections.abc import Iterator

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant
from kanban_hub.ports import EventFilter, View

_PAGE = 1_000


def rebuilt(view: View, plant: Plant) -> Floor:
    """A floor made from the events alone, from the first to the last."""
    floor = Floor(plant)
    after = 0
    while page := view.events(EventFilter(after=after, limit=_PAGE)):
        for recorded in page:
            floor.apply(recorded.event, recorded.occasion)
        after = page[-1].number
    return floor


def rebuilt_faults(view: View) -> Iterator[str]:
    """What differs between the stored cards, calls and records and those rebuilt from the events."""
    stored = view.floor()
    again = rebuilt(view, stored.plant)
    for card in sorted(stored.cards.keys() | again.cards.keys()):
        if stored.cards.get(card) != again.cards.get(card):
            yield f"card {card} is {stored.cards.get(card)}, its events say {again.cards.get(card)}"
    for call in sorted(stored.calls):
        if stored.calls[call] != again.calls.get(call):
            yield f"call {call} is {stored.calls[call]}, its events say {again.calls.get(call)}"
    yield from _record_faults(stored, again)


def _record_faults(stored: Floor, again: Floor) -> Iterator[str]:
    """Records that closed long ago are known to the events alone."""
    lasting = {key for key, record in again.records.items() if record.is_open}
    for key in sorted(stored.records.keys() | lasting):
        if stored.records.get(key) != again.records.get(key):
            name = " ".join(key)
            yield f"{name} is {stored.records.get(key)}, its events say {again.records.get(key)}"
