"""The ways of the material, as plain values: what comes, what is asked for, and how urgent it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.floormap import Point
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, Station
from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.language import _, ngettext
from kanban_hub.web import words
from kanban_hub.web.floormap.curves import Curve
from kanban_hub.web.floormap.drawing import Drawing
from kanban_hub.web.floormap.text import width
from kanban_hub.web.floormap.type import Type
from kanban_hub.web.urgency import URGENCIES, urgency, word

CHIP_GAP = 2.0


@dataclass(frozen=True)
class LoopLine:
    """One loop of a way, as the table of ways tells it."""

    id: str
    name: str
    cards: int
    full: int
    on_way: int
    asked: int
    urgency: str
    word: str
    lasts: str


@dataclass(frozen=True)
class Chip:
    """Words on a way: `look` names shape and colour."""

    x: float
    y: float
    width: float
    text: str
    look: str


@dataclass(frozen=True)
class WayPicture:
    """From `supplier` to `consumer`. `path` leads to its loop, or to the rows of its loops below."""

    id: str
    supplier: str
    consumer: str
    curve: Curve
    urgency: str
    loops: tuple[LoopLine, ...]
    chips: tuple[Chip, ...]
    path: str

    @property
    def asked(self) -> int:
        return sum(loop.asked for loop in self.loops)

    @property
    def on_way(self) -> int:
        return sum(loop.on_way for loop in self.loops)


def paint_ways(
    floor: Floor, drawn: Drawing, queues: Mapping[str, Sequence[QueueEntry]], letters: Type
) -> tuple[WayPicture, ...]:
    """The ways in the order of the plant's loops, each with all its loops."""
    plant = floor.plant
    ways: defaultdict[tuple[str, str], list[LoopLine]] = defaultdict(list)
    for loop in plant.loops.values():
        asked = [entry for entry in queues.get(loop.supplier, ()) if entry.card.loop == loop.id]
        ways[loop.supplier, loop.consumer].append(_loop(floor, loop, asked))
    return tuple(
        _way(drawn.curves[ends], loops, [plant.stations[end] for end in ends], letters)
        for ends, loops in ways.items()
    )


def _loop(floor: Floor, loop: KanbanLoop, asked: Sequence[QueueEntry]) -> LoopLine:
    cards, full = floor.cards_of(loop.id), full_containers(floor, loop)
    moving = [card for card in cards if card.standing is Standing.ACTIVE and card.state is State.IN_TRANSIT]
    worst = min(map(urgency, asked), key=URGENCIES.index, default="calm")
    look = worst if full or not cards else "out"
    minutes = stock_pieces(floor, loop) / rate(floor, loop).per_hour * 60
    return LoopLine(
        id=loop.id,
        name=floor.plant.item_name(loop),
        cards=len(cards),
        full=full,
        on_way=len(moving),
        asked=len(asked),
        urgency=look,
        word=word(look),
        lasts=_("lasts %(time)s") % {"time": words.duration(minutes)} if full else "",
    )


def _way(curve: Curve, loops: list[LoopLine], ends: list[Station], letters: Type) -> WayPicture:
    worst = min((loop.urgency for loop in loops), key=URGENCIES.index)
    asked, on_way = sum(loop.asked for loop in loops), sum(loop.on_way for loop in loops)
    told = list(_told(worst, asked, on_way, is_short=letters.is_wall))
    supplier, consumer = ends
    way = f"way-{supplier.id}--{consumer.id}"
    path = f"/loops/{loops[0].id}" if len(loops) == 1 else f"#{way}"
    chips = tuple(_chips(told, curve.middle, letters))
    return WayPicture(way, supplier.name, consumer.name, curve, worst, tuple(loops), chips, path)


def _told(worst: str, asked: int, on_way: int, *, is_short: bool) -> Iterable[tuple[str, str]]:
    """Nothing where nothing is asked for and nothing comes: normal is quiet."""
    if on_way:
        text = ngettext("%(count)s on the way", "%(count)s on the way", on_way) % {"count": on_way}
        yield text, "in_transit"
    if asked:
        text = ngettext("%(count)s asked", "%(count)s asked", asked) % {"count": asked}
        if worst != "calm":
            what = asked if is_short else text
            text = _("%(what)s: %(word)s") % {"what": what, "word": word(worst)}
        yield text, worst if worst != "calm" else "asked"
    elif worst != "calm":
        yield word(worst), worst


def _chips(told: Sequence[tuple[str, str]], middle: Point, letters: Type) -> Iterable[Chip]:
    step = letters.chip_high + CHIP_GAP
    top = middle[1] - (len(told) * step - CHIP_GAP) / 2
    for row, (text, look) in enumerate(told):
        wide = width(text, letters.chip) + letters.chip_room
        yield Chip(middle[0] - wide / 2, top + row * step, wide, text, look)
