"""What may become of a bad container, and what each decision does: told before it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.quality import replacement_of
from kanban_hub.language import N_, _
from kanban_hub.web import words

WORDS: dict[Move, str] = {
    Move.CLEAR: N_("Use as it is"),
    Move.REWORK: N_("Rework"),
    Move.RETURN: N_("Return to the supplier"),
    Move.SCRAP: N_("Scrap"),
}
DECIDED: dict[Move, str] = {
    Move.CLEAR: N_("used as it is"),
    Move.REWORK: N_("reworked"),
    Move.RETURN: N_("returned to the supplier"),
    Move.SCRAP: N_("scrapped"),
}


@dataclass(frozen=True)
class Decision:
    """One button. `does`: what becomes of container and replacement; `back`: whether there is a way back."""

    order: str
    word: str
    does: str
    back: str
    is_grave: bool


def decisions(floor: Floor, card: Card) -> tuple[Decision, ...]:
    """All four, in the order in which they are thought of."""
    stand_in = replacement_of(floor, card)
    back = _("If that was wrong, any of its stations can fail it again.")
    for_ever = _("There is no way back: its number is void for ever.")
    return tuple(
        Decision(
            move.value,
            _(WORDS[move]),
            " ".join(part for part in (_BECOMES[move](floor, card), _replaced(move, card, stand_in)) if part),
            for_ever if move is Move.SCRAP else back,
            move is Move.SCRAP,
        )
        for move in WORDS
    )


def _cleared(floor: Floor, card: Card) -> str:
    state = words.state(card.failed_from or State.FULL)
    if any(other.suspect_of == card.id for other in floor.cards.values()):
        return _("It is %(state)s again, and all that is held because of it is free.") % {"state": state}
    return _("It is %(state)s again.") % {"state": state}


_BECOMES: dict[Move, Callable[[Floor, Card], str]] = {
    Move.CLEAR: _cleared,
    Move.REWORK: lambda _floor, _card: _("The supplier makes it good: it is in process again."),
    Move.RETURN: lambda _floor, _card: _("The supplier owes a good one for it: its card is asked for again."),
    Move.SCRAP: lambda _floor, _card: _("Container and card are gone."),
}


def _replaced(move: Move, card: Card, stand_in: Card | None) -> str:
    if move is Move.SCRAP:
        if card.is_temporary:
            return ""
        if stand_in is None:
            return _("A new card takes its place.")
        return _("The replacement %(card)s takes its place in the loop.") % {"card": stand_in.id}
    if stand_in is None:
        return ""
    return _("The replacement %(card)s ends when it is next emptied.") % {"card": stand_in.id}
