"""The cards of the floor that a wish means, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.paper.card import Face, back, folded, front
from kanban_hub.paper.form import Form
from kanban_hub.paper.letters import unprintable
from kanban_hub.paper.shape import Drawing, Lack
from kanban_hub.web.paper.faces import face
from kanban_hub.web.paper.wish import Wish


@dataclass(frozen=True)
class Chosen:
    """`lacks` are the cards on which something had no place, by what; `unprintable` letters for no PDF."""

    drawings: tuple[Drawing, ...]
    lacks: dict[Lack, tuple[str, ...]]
    unprintable: str


def cards(floor: Floor, wish: Wish) -> list[Card]:
    """The cards of the loops, of each only those that are named, if any are. Void numbers are not printed."""
    named = {floor.cards[card].loop for card in wish.cards if card in floor.cards}
    loops = [loop for loop in floor.plant.loops if loop in {*wish.loops, *named}]
    return [
        card for loop in loops for card in floor.cards_of(loop) if loop not in named or card.id in wish.cards
    ]


def drawn(floor: Floor, wish: Wish, form: Form | None = None) -> Chosen:
    """All of them, each once, in the form of the wish or another."""
    faces = [face(floor, card, contents=wish.has_contents) for card in cards(floor, wish)]
    drawings = [_drawing(one, wish, form or wish.form) for one in faces]
    lacks = {
        lack: tuple(one.card for one, drawing in zip(faces, drawings, strict=True) if lack in drawing.lacks)
        for lack in Lack
    }
    return Chosen(tuple(drawings), {lack: found for lack, found in lacks.items() if found}, _missing(faces))


def _drawing(one: Face, wish: Wish, form: Form) -> Drawing:
    drawing = front(one, form, wish.qr, wish.address)
    return folded(drawing, back(one, form)) if wish.is_folded and form == wish.form else drawing


def _missing(faces: Sequence[Face]) -> str:
    return unprintable(
        "".join(f"{one.item_name}{one.supplier}{one.consumer}{one.lot or ''}" for one in faces)
    )
