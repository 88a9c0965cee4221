"""ANSI MH10.8.2 data identifiers, in the envelope of ISO/IEC 15434 (format 06) or one alone.

The envelope is `[)>` RS `06` GS field GS field … RS EOT. A field is a data identifier, up to three
digits and a letter, and its value. `15K` is the kanban number.
"""

import re
from collections.abc import Iterable

from kanban_hub.labels.errors import BrokenLabelError
from kanban_hub.labels.label import Form, Label
from kanban_hub.labels.separators import EOT, GS, RS

HEADER = "[)>"
FORMAT = "06"
KANBAN = "15K"
IDENTIFIERS: dict[str, str] = {
    KANBAN: "kanban",
    "P": "item_code",
    "Q": "quantity",
    "1T": "lot",
    "S": "serial",
    "K": "order",
    "V": "supplier",
    "2P": "engineering_level",
}
"""Identifier to what it says. Others are allowed on a label and not used."""

_FIELD = re.compile(r"([0-9]{0,3}[A-Z])(.*)", re.DOTALL)
_CARD = re.compile(r"[A-Z0-9-]{1,32}-[0-9]{4,6}", re.IGNORECASE)
_QUANTITY = re.compile(r"([0-9]{1,8})(?:\.0*)?")
_SET_UP = "set the scanner to send GS, RS and EOT, or scan the code of bars"


def written(fields: Iterable[tuple[str, str]]) -> str:
    """The envelope with `fields`, pairs of identifier and value, in their order."""
    return HEADER + RS + FORMAT + GS + GS.join(name + value for name, value in fields) + RS + EOT


def parse(code: str) -> Label | None:
    """The label in `code`; `None` when it is none of these. Raises `BrokenLabelError`."""
    if code.startswith(HEADER):
        return _label(code, _fields(code))
    if code.startswith(KANBAN) and _CARD.fullmatch(code.removeprefix(KANBAN)):
        return _label(code, {KANBAN: code.removeprefix(KANBAN)})
    return None


def _fields(code: str) -> dict[str, str]:
    body = code.removeprefix(HEADER).removesuffix(EOT).removesuffix(RS).removeprefix(RS)
    if not body.startswith(FORMAT):
        raise BrokenLabelError(code, f"an envelope of format {body[:2]!r}; {FORMAT} is understood")
    content = body.removeprefix(FORMAT)
    if not content.startswith(GS):
        return {KANBAN: _alone(code, content)}
    fields: dict[str, str] = {}
    for field in content.removeprefix(GS).removesuffix(GS).split(GS):
        name, value = _field(code, field)
        if name in fields:
            raise BrokenLabelError(code, f"{name} stands twice on the label")
        fields[name] = value
    return fields


def _alone(code: str, content: str) -> str:
    """Without separators nobody can say where a field ends, unless a card number is all there is."""
    number = content.removeprefix(KANBAN)
    if not content.startswith(KANBAN) or not _CARD.fullmatch(number):
        raise BrokenLabelError(code, f"the separators of the label are missing: {_SET_UP}")
    return number


def _field(code: str, field: str) -> tuple[str, str]:
    found = _FIELD.fullmatch(field)
    if found is None or not found[2].strip() or RS in field or EOT in field:
        raise BrokenLabelError(code, f"{field[:20]!r} is no data identifier with a value: {_SET_UP}")
    return found[1], found[2].strip()


def _label(code: str, fields: dict[str, str]) -> Label:
    said = {IDENTIFIERS[name]: value for name, value in fields.items() if name in IDENTIFIERS}
    kanban = said.pop("kanban", None)
    quantity = said.pop("quantity", None)
    card = kanban.lower() if kanban and _CARD.fullmatch(kanban) else None
    return Label(
        Form.MH10,
        code,
        card=card,
        kanban=None if card else kanban,
        quantity=None if quantity is None else _pieces(code, quantity),
        **said,
    )


def _pieces(code: str, quantity: str) -> int:
    found = _QUANTITY.fullmatch(quantity)
    if found is None:
        raise BrokenLabelError(code, f"quantity {quantity[:20]!r} is no number of pieces")
    return int(found[1])
