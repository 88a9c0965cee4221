"""A loop on the board, as plain values: the template only draws, and equal pictures look equal."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from kanban_hub.domain.card import Card
from kanban_hub.domain.collecting import collected
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.language import N_, _, spoken
from kanban_hub.web import words
from kanban_hub.web.urgency import URGENCIES, urgency

CARDS_KEPT = 8_192
_URGENCY_WORDS = {"out": N_("none left"), "late": N_("late"), "soon": N_("due soon")}
_UNDER_WAY = frozenset(State) - {State.FULL, State.COLLECTING, State.QUARANTINED}


@dataclass(frozen=True)
class CardPicture:
    """`look` is the state, or `held`: it names shape and colour."""

    id: str
    number: str
    look: str
    word: str
    is_temporary: bool


@dataclass(frozen=True)
class Waiting:
    """The card that has been asked for longest. `is_over`: for longer than the loop's lead time."""

    text: str
    is_over: bool


@dataclass(frozen=True)
class LoopPicture:
    """`urgency` is one of `URGENCIES`; `out`: no full container is left.

    `quality` counts the containers that are set apart, because they failed or may have the same fault.
    """

    id: str
    name: str
    supplier: str
    consumer: str
    full: int
    cards: tuple[CardPicture, ...]
    urgency: str
    urgency_word: str
    lasts: str
    collected: str  # "2 of 3 collected", or empty
    waiting: Waiting | None
    quality: int

    @property
    def is_late(self) -> bool:
        return self.urgency in ("out", "late")

    @property
    def groups(self) -> list[tuple[str, str, int]]:
        """Look, word and count of the cards that are not full."""
        counts = Counter((card.look, card.word) for card in self.cards if card.look != State.FULL)
        return [(look, word, count) for (look, word), count in counts.items()]

    @property
    def is_pinned(self) -> bool:
        """Whether it stays on every page of a wall."""
        return self.is_late


def paint_loop(floor: Floor, loop: KanbanLoop, asked: list[QueueEntry], now_ms: int) -> LoopPicture:
    """The picture of a loop whose cards to serve are `asked`."""
    cards = floor.cards_of(loop.id)
    full = full_containers(floor, loop)
    minutes = stock_pieces(floor, loop) / rate(floor, loop).per_hour * 60
    urgent = min((urgency(entry) for entry in asked), key=URGENCIES.index, default="calm")
    if cards and not full and loop.kind is not LoopKind.EVENT:
        urgent = "out"
    plant = floor.plant
    return LoopPicture(
        loop.id,
        plant.item_name(loop),
        station_name(floor, loop.supplier),
        station_name(floor, loop.consumer),
        full,
        tuple(_card(card) for card in cards),
        urgent,
        _(_URGENCY_WORDS[urgent]) if urgent in _URGENCY_WORDS else "",
        _("lasts %(time)s") % {"time": words.duration(minutes)} if full else _("none left"),
        _collected(floor, loop),
        _waiting(cards, loop, now_ms),
        sum(card.state is State.QUARANTINED or card.suspect_of is not None for card in cards),
    )


def station_name(floor: Floor, station: str) -> str:
    """Its id, where the plant no longer has it."""
    known = floor.plant.stations.get(station)
    return known.name if known else station


def by_urgency(picture: LoopPicture) -> tuple[int, int, bool]:
    """The worst first; equal ones keep their places."""
    is_over = picture.waiting is not None and picture.waiting.is_over
    return URGENCIES.index(picture.urgency), -picture.quality, not is_over


def _collected(floor: Floor, loop: KanbanLoop) -> str:
    waiting = len(collected(floor, loop))
    if not waiting:
        return ""
    return _("%(count)s of %(batch)s collected") % {"count": waiting, "batch": loop.batch}


def _waiting(cards: list[Card], loop: KanbanLoop, now_ms: int) -> Waiting | None:
    since_ms = [
        card.waits_since_ms for card in cards if card.state in _UNDER_WAY and card.standing is Standing.ACTIVE
    ]
    if not since_ms:
        return None
    age_s = max(0, now_ms - min(since_ms)) / 1000
    text = _("oldest %(age)s of %(target)s") % {
        "age": words.age(age_s),
        "target": words.duration(loop.lead_time_s / 60),
    }
    return Waiting(text, age_s > loop.lead_time_s)


def _card(card: Card) -> CardPicture:
    is_held = card.standing is Standing.HELD and card.state is not State.QUARANTINED
    return _card_picture(card.id, card.state, (is_held, card.is_temporary), spoken())


# Of hundreds of cards one or two look different after a change.
@lru_cache(CARDS_KEPT)
def _card_picture(card: str, state: State, how: tuple[bool, bool], _language: str) -> CardPicture:
    """`how` is whether it is held, and whether it is a temporary card."""
    is_held, is_temporary = how
    look = "held" if is_held else state.value
    word = _("held") if is_held else words.state(state)
    return CardPicture(card, card.rsplit("-", 1)[1], look, word, is_temporary)
