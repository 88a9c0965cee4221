"""Which card a scanned item means: the label of an item is on every container of it.

The operator holds one container and has none of its cards at hand. At the consumer it has most likely just
arrived, for labels are on full containers and what was emptied is told by button or card; so what can
arrive is received first, and only when nothing can is the scan a pull. Wrong the other way round, goods
would be asked for twice; wrong this way, the next press of the button still asks.
"""

from collections.abc import Iterable, Sequence

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import (
    DomainError,
    NothingToFailError,
    NotYourLoopError,
    OverProductionError,
    Reason,
    UndoError,
)
from kanban_hub.domain.events import Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, RULES, Move, Standing, State
from kanban_hub.domain.plant import KanbanLoop, Side
from kanban_hub.domain.pulling import pullable
from kanban_hub.domain.quality import failable
from kanban_hub.domain.scanning import Intent, is_repeated


def fitting(floor: Floor, loops: Sequence[KanbanLoop], intent: Intent, occasion: Occasion) -> Card:
    """The card that a scan of the item of `loops` moves at this station, by `intent`:

    `next`: the card just scanned within the duplicate window; else the card that may arrive, furthest
    along and oldest first; else the next step at the supplier, in the same order; else the oldest full one.
    `receive`: any card that was asked for. `fail`: as a fail by button. `undo`: what was moved here last.
    Raises a `DomainError` when none fits.
    """
    station = occasion.station or "?"
    mine = [loop for loop in loops if loop.side_of(station) is not None]
    if not mine:
        raise NotYourLoopError(station, ", ".join(loop.id for loop in loops) or "any")
    match intent:
        case Intent.NEXT:
            found = _next(floor, mine, occasion)
        case Intent.RECEIVE:
            found = _furthest(_cards(floor, mine, station, Side.CONSUMER, RULES[Move.RECEIVE].sources))
        case Intent.FAIL:
            found = next((card for loop in mine if (card := failable(floor, loop, station))), None)
        case Intent.UNDO:
            found = _moved_last(floor, mine, station)
    if found is None:
        raise _none(mine[0], intent)
    return found


def _next(floor: Floor, mine: list[KanbanLoop], occasion: Occasion) -> Card | None:
    station = occasion.station or "?"
    asked = RULES[Move.RECEIVE].sources
    away = _cards(floor, mine, station, Side.CONSUMER, asked | {State.COLLECTING})
    to_serve = _cards(floor, mine, station, Side.SUPPLIER, OPEN)
    consumed = (loop for loop in mine if loop.side_of(station) is Side.CONSUMER)
    full = (card for loop in consumed if (card := pullable(floor, loop)))
    return (
        _just_scanned(floor, mine, occasion)
        or _furthest(card for card in away if _may_arrive(floor, card))
        or _furthest(card for card in to_serve if floor.loop(card.loop).next_step(card.state))
        or min(full, key=lambda card: (card.since_ms, card.id), default=None)
        or _furthest([*away, *to_serve])
    )


def _may_arrive(floor: Floor, card: Card) -> bool:
    """The supplier has reported all of its steps, as for a bare scan of the card itself."""
    return card.state is not State.COLLECTING and floor.loop(card.loop).next_step(card.state) is None


def _just_scanned(floor: Floor, mine: list[KanbanLoop], occasion: Occasion) -> Card | None:
    cards = [card for loop in mine for card in floor.cards_of(loop.id)]
    cards += [floor.cards[pulled.card] for loop in mine for pulled in floor.recall.pulls[loop.id]]
    return next((card for card in cards if is_repeated(floor, card, occasion)), None)


def _moved_last(floor: Floor, mine: list[KanbanLoop], station: str) -> Card | None:
    cards = [card for loop in mine for card in floor.cards_of(loop.id)]
    moved = [
        (card.last.moment.at_ms, card.id) for card in cards if card.last and card.last.station == station
    ]
    return floor.cards[max(moved)[1]] if moved else None


def _cards(
    floor: Floor, mine: list[KanbanLoop], station: str, side: Side, states: frozenset[State]
) -> list[Card]:
    cards = [card for loop in mine if loop.side_of(station) is side for card in floor.cards_of(loop.id)]
    return [card for card in cards if card.state in states and card.standing is Standing.ACTIVE]


def _furthest(cards: Iterable[Card]) -> Card | None:
    return min(cards, key=lambda card: (-card.progress, card.waits_since_ms, card.id), default=None)


def _none(loop: KanbanLoop, intent: Intent) -> DomainError:
    if intent is Intent.FAIL:
        return NothingToFailError(loop.id)
    if intent is Intent.UNDO:
        return UndoError(Reason.NOTHING_TO_UNDO, f"no card of {loop.id} was moved here")
    return OverProductionError(loop.id)
