"""All loops side by side, as plain values: how each stands, and how long it usually takes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.domain.replenishment import QueueEntry, replenishment_queue
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.chart.spark import Spark, spark
from kanban_hub.web.loop.past import FLOW_DAYS, Leads
from kanban_hub.web.urgency import URGENCIES, urgency

URGENCY_WORDS = {
    "out": N_("none left"),
    "late": N_("will run out"),
    "soon": N_("soon"),
    "calm": N_("in time"),
}
# Which sign says it.
SIGNS = {"out": "bad", "late": "bad", "soon": "asked", "calm": "calm"}
SHAPES = {"out": "quarantined", "late": "requested", "soon": "requested", "calm": "full"}


@dataclass(frozen=True)
class StateCount:
    """So many cards of one look: a state, or `held`."""

    look: str
    word: str
    count: int


@dataclass(frozen=True)
class LoopRow:
    """One loop. `half` and `mostly` are lead times in words, empty where none is known."""

    id: str
    item: str
    name: str
    supplier: str
    supplier_name: str
    consumer: str
    consumer_name: str
    urgency: str
    urgency_word: str
    strip: tuple[StateCount, ...]
    full: int
    cards: int
    lasts: str
    lasts_minutes: float
    calls: int
    half: str
    mostly: str
    trend: Spark

    @property
    def sign(self) -> str:
        return SIGNS[self.urgency]

    @property
    def shape(self) -> str:
        return SHAPES[self.urgency]


@dataclass(frozen=True)
class Past:
    """By loop, its lead times and how many full containers there were in the last days."""

    leads: Mapping[str, Leads]
    full: Mapping[str, Sequence[int]]


class Overview:
    """Rows of loops from a floor at one moment."""

    def __init__(self, floor: Floor, now_ms: int, past: Past) -> None:
        self._floor, self._past = floor, past
        suppliers = {loop.supplier for loop in floor.plant.loops.values()}
        self._asked: dict[str, list[QueueEntry]] = {loop: [] for loop in floor.plant.loops}
        for supplier in suppliers:
            for entry in replenishment_queue(floor, supplier, now_ms):
                self._asked[entry.card.loop].append(entry)
        self._calls = Counter(call.loop for call in floor.open_calls() if call.loop)

    def row(self, loop: KanbanLoop) -> LoopRow:
        floor, plant = self._floor, self._floor.plant
        full, cards = full_containers(floor, loop), floor.cards_of(loop.id)
        minutes = stock_pieces(floor, loop) / rate(floor, loop).per_hour * 60
        how = self._urgency(loop, full)
        known, trend = self._past.leads.get(loop.id), self._past.full.get(loop.id, [])
        return LoopRow(
            id=loop.id,
            item=loop.item,
            name=plant.item_name(loop),
            supplier=loop.supplier,
            supplier_name=plant.stations[loop.supplier].name,
            consumer=loop.consumer,
            consumer_name=plant.stations[loop.consumer].name,
            urgency=how,
            urgency_word=_(URGENCY_WORDS[how]),
            strip=strip(cards),
            full=full,
            cards=len(cards),
            lasts=words.duration(minutes) if full else _("none left"),
            lasts_minutes=minutes,
            calls=self._calls[loop.id],
            half=words.measured(known.half_s) if known else "",
            mostly=words.measured(known.mostly_s) if known else "",
            trend=_trend(trend, full),
        )

    def _urgency(self, loop: KanbanLoop, full: int) -> str:
        """Loops of one-time cards are to be empty most of the time."""
        if not full and self._floor.cards_of(loop.id) and loop.kind is not LoopKind.EVENT:
            return "out"
        return min(map(urgency, self._asked[loop.id]), key=URGENCIES.index, default="calm")


def _trend(full: Sequence[int], now: int) -> Spark:
    """It ends with what is there now."""
    values = [*full, now] if full else [now, now]
    text = _("Full containers in the last %(days)s days: from %(low)s to %(high)s, now %(now)s")
    return spark(values, text % {"days": FLOW_DAYS, "low": min(values), "high": max(values), "now": now})


def strip(cards: list[Card]) -> tuple[StateCount, ...]:
    """How many cards are in each state, in the order of their way; held ones apart."""
    looks = Counter(look(card) for card in cards)
    order = [*(state.value for state in State), "held"]
    return tuple(StateCount(one, look_word(one), looks[one]) for one in order if looks[one])


def look(card: Card) -> str:
    """What names shape and colour of a card: its state, or `held`."""
    is_held = card.standing is Standing.HELD and card.state is not State.QUARANTINED
    return "held" if is_held else card.state.value


def look_word(one: str) -> str:
    return _("held") if one == "held" else words.state(State(one))


def worst_first(row: LoopRow) -> tuple[int, float, str]:
    return (URGENCIES.index(row.urgency), row.lasts_minutes, row.id)
