"""The cards of the floor that a wish means, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.paper.card import Face, back, folded, front
from kanban_hub.paper.form import Form
from kanban_hub.paper.letters import unprintable
from kanban_hub.paper.shape import Drawing, Lack
from kanban_hub.paper.sheet import check_many
from kanban_hub.web.paper.faces import face
from kanban_hub.web.paper.wish import Wish


@dataclass(frozen=True)
class Chosen:
    """`lacks` are the cards on which something had no place, by what; `unprintable` letters for no PDF."""

    drawings: tuple[Drawing, ...] = ()
    lacks: dict[Lack, tuple[str, ...]] = field(default_factory=dict)
    unprintable: str = ""


def cards(floor: Floor, wish: Wish) -> list[Card]:
    """The cards of the loops, of each only those that are named, if any are. Void numbers are not printed."""
    named = {floor.cards[card].loop for card in wish.cards if card in floor.cards}
    loops = [loop for loop in floor.plant.loops if loop in {*wish.loops, *named}]
    return [
        card for loop in loops for card in floor.cards_of(loop) if loop not in named or card.id in wish.cards
    ]


def faces(floor: Floor, wish: Wish) -> list[Face]:
    """What stands on them, each once."""
    return [face(floor, card, contents=wish.has_contents) for card in cards(floor, wish)]


def drawn(found: Sequence[Face], wish: Wish) -> Chosen:
    """`found` as the wish has it. It takes seconds for hundreds: hold no lock meanwhile.

    Raises `TooManyError`.
    """
    drawings = labels(found, wish, wish.form)
    lacks = {
        lack: tuple(one.card for one, drawing in zip(found, drawings, strict=True) if lack in drawing.lacks)
        for lack in Lack
    }
    if wish.is_folded:
        sides = zip(drawings, found, strict=True)
        drawings = [folded(drawing, back(one, wish.form)) for drawing, one in sides]
    return Chosen(tuple(drawings), {lack: few for lack, few in lacks.items() if few}, _missing(found))


def labels(found: Sequence[Face], wish: Wish, form: Form) -> list[Drawing]:
    """The sides with the codes, in `form`: a label has one side only. Raises `TooManyError`."""
    check_many(len(found) * wish.how.copies)
    return [front(one, form, wish.qr, wish.address) for one in found]


def _missing(faces: Sequence[Face]) -> str:
    return unprintable(
        "".join(f"{one.item_name}{one.supplier}{one.consumer}{one.lot or ''}" for one in faces)
    )
