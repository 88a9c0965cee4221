"""From the code on a card, however it was typed or scanned, to the card; and what is wrong with one."""

from dataclasses import dataclass

from kanban_hub.domain.floor import Floor
from kanban_hub.labels.errors import LabelError, WrongCheckError
from kanban_hub.labels.reading import read
from kanban_hub.language import _

_ECHO_MOST = 60


@dataclass(frozen=True)
class Nothing:
    """No card: what was given, and what to do."""

    code: str
    text: str


def card_in(code: str) -> str | Nothing:
    """The number that `code` says, whether or not there is such a card."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in code[:_ECHO_MOST])
    try:
        label = read(code)
    except WrongCheckError:
        return Nothing(
            shown, _("The number was misread or mistyped: its last two signs do not fit. Scan it again.")
        )
    except LabelError:
        return Nothing(shown, _("This is no card number. It stands under the code, such as BRACKET.0003.N3."))
    if label.card is None:
        return Nothing(shown, _("This is no card number. It stands under the code, such as BRACKET.0003.N3."))
    return label.card


def unknown(floor: Floor, card: str) -> Nothing:
    """Why there is no card of this number."""
    loop = card.rpartition("-")[0]
    if loop in floor.plant.loops:
        text = _("The loop %(loop)s has never had a card of this number. Is it from another plant?")
        return Nothing(card[:_ECHO_MOST], text % {"loop": loop})
    return Nothing(card[:_ECHO_MOST], _("There is no such card here. Is it from another plant?"))
