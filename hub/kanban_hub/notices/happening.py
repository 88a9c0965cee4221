"""What is worth telling, read off the events of a commit: one row an event's kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.language import _, ngettext
from kanban_hub.notices.notice import NoticeEvent

Facts = dict[str, str | int]


@dataclass(frozen=True)
class Ask:
    """A request that its supplier may answer from a mail: a card and since when it is asked for.

    `containers` and `pieces` are all that is asked of the part; the plant's stock lasts `lasts_h` hours.
    """

    card: str
    asked_ms: int
    name: str
    containers: int = 0
    pieces: int = 0
    lasts_h: float = 0.0

    @property
    def says(self) -> str:
        """The request in the language that is spoken."""
        if not self.containers:
            return self.name
        need = _("the plant has none left")
        if self.lasts_h:
            need = _("the plant has enough for %(hours)s h") % {"hours": f"{self.lasts_h:.1f}"}
        many = ngettext("%(count)s container", "%(count)s containers", self.containers)
        told = {"name": self.name, "many": many % {"count": self.containers}, "pieces": self.pieces}
        return _("%(name)s: %(many)s, %(pieces)s pieces, %(need)s") % {**told, "need": need}


@dataclass(frozen=True)
class Happening:
    """Something to tell. `key` is the same for the same thing, `stations` are those that it concerns.

    `facts` are for texts and programs; a name that ends in `_ms` is a time. `groups` are those that it is
    meant for; without any it is for everybody who asks for such. `asks` can be answered by their supplier.
    """

    event: NoticeEvent
    key: str
    at_ms: int
    stations: frozenset[str]
    facts: Facts = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


def requests_of(asks: Iterable[Ask], more: int) -> str:
    """Requests as lines, in the language that is spoken; `more` parts are not among them."""
    rest = [ngettext("and %(count)s more part", "and %(count)s more parts", more) % {"count": more}]
    return "\n".join([*(f"- {ask.says}" for ask in asks), *(rest if more else [])])


def happenings(floor: Floor, events: Iterable[tuple[Event, Occasion]]) -> list[Happening]:
    """Those of `events` that are told by themselves. `floor` is as it is after them."""
    found = [(BY_KIND.get(event.kind), event, occasion) for event, occasion in events]
    return [tell(floor, event, occasion.moment.at_ms) for tell, event, occasion in found if tell is not None]


def loop_facts(floor: Floor, loop_id: str | None) -> Facts:
    """The loop with the names that people know; empty for what belongs to no loop of the plant."""
    loop = floor.plant.loops.get(loop_id or "")
    if loop is None:
        return {}
    return {
        "loop": loop.id,
        "item": floor.plant.item_name(loop),
        "supplier_item": loop.supplier_item or "",
        "supplier": station_name(floor, loop.supplier),
        "consumer": station_name(floor, loop.consumer),
    }


def supplier_name(floor: Floor, loop: KanbanLoop) -> str:
    """The item as its supplier knows it."""
    name = floor.plant.item_name(loop)
    return f"{loop.supplier_item}, {name}" if loop.supplier_item else name


def parties(floor: Floor, loop_id: str | None) -> frozenset[str]:
    """Supplier and consumer of a loop."""
    loop = floor.plant.loops.get(loop_id or "")
    return frozenset((loop.supplier, loop.consumer)) if loop is not None else frozenset()


def station_name(floor: Floor, station: str) -> str:
    known = floor.plant.stations.get(station)
    return known.name if known is not None else station


def _of_call(floor: Floor, call: AndonCall, event: NoticeEvent, at_ms: int) -> Happening:
    facts = {
        **loop_facts(floor, call.loop),
        "call": call.id,
        "kind": call.kind.value,
        "station": station_name(floor, call.station),
        "card": call.card or "",
        "topic": call.topic or "",
        "raised_ms": call.raised_ms,
    }
    stations = parties(floor, call.loop) | {call.station} | ({call.raised_by} if call.raised_by else set())
    return Happening(event, f"{event}:{call.id}", at_ms, stations, facts)


def _raised(floor: Floor, event: Any, at_ms: int) -> Happening:
    return _of_call(floor, floor.calls[event.call], NoticeEvent.CALL_RAISED, at_ms)


def _escalated(floor: Floor, event: Any, at_ms: int) -> Happening:
    told = _of_call(floor, floor.calls[event.call], NoticeEvent.CALL_ESCALATED, at_ms)
    tree = floor.plant.tree(floor.calls[event.call].kind)
    groups = next((rule.tell for rule in tree if rule.level == event.level), ())
    facts = {**told.facts, "level": event.level}
    return Happening(told.event, f"{told.key}:{event.level}", at_ms, told.stations, facts, groups)


def _stopped(floor: Floor, event: Any, at_ms: int) -> Happening:
    told = _of_call(floor, floor.calls[event.call], NoticeEvent.LINE_STOPPED, at_ms)
    facts = {**told.facts, "station": station_name(floor, event.station)}
    return Happening(told.event, f"{told.key}:{at_ms}", at_ms, told.stations | {event.station}, facts)


BY_KIND: dict[str, Callable[[Floor, Any, int], Happening]] = {
    "call_raised": _raised,
    "call_escalated": _escalated,
    "line_stopped": _stopped,
}
