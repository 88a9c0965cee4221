"""From what a scanner sent, or a person typed, to what it says."""

import re

from kanban_hub.labels import check, gs1, mh10
from kanban_hub.labels.errors import BrokenLabelError
from kanban_hub.labels.label import Form, Label
from kanban_hub.labels.link import number_in
from kanban_hub.labels.separators import CONTROLS, restored

LENGTH_MOST = 200

_ALLOWED = re.compile(rf"[\x20-\x7e{CONTROLS}]+")
_CARD = re.compile(r"[a-z0-9-]{1,32}-[0-9]{4,6}")


def read(code: str) -> Label:
    """What `code` says: at most 200 characters of printable ASCII and the separators GS, RS and EOT.

    A code in no known form is a `Form.TEXT`: it may be bound to something. Raises a `LabelError` for what
    cannot be read; nothing is ever guessed.
    """
    text = code.strip(" \t")
    if not text or len(text) > LENGTH_MOST or not _ALLOWED.fullmatch(text):
        raise BrokenLabelError(text, f"a code is 1 to {LENGTH_MOST} printable characters")
    found = mh10.parse(restored(text)) or gs1.parse(restored(text))
    return found or _card(text) or Label(Form.TEXT, text)


def _card(text: str) -> Label | None:
    linked = number_in(text)
    if linked is not None:
        return Label(Form.LINK, text, card=check.card_of(linked))
    if check.is_checked(text):
        return Label(Form.CHECKED, text, card=check.card_of(text))
    number = text.lower()  # scanners and keyboards differ in case
    return Label(Form.CARD, text, card=number) if _CARD.fullmatch(number) else None
