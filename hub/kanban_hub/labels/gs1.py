"""GS1 labels, read by biip: GTIN (01; of the contents 02), SSCC (00), lot (10), serial (21), count (37)."""

import re

from biip import ParseConfig, ParseError
from biip import parse as parse_gs1
from biip.gs1_element_strings import GS1ElementStrings
from biip.gs1_messages import GS1Message

from kanban_hub.labels.errors import BrokenLabelError
from kanban_hub.labels.label import Form, Label
from kanban_hub.labels.separators import GS

# A label with an empty date is still the label of its item.
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False, rcn_verify_variable_measure=False)
# GTIN-8, UPC-A, EAN-13, GTIN-14 and SSCC stand alone; in a message the one that names something leads,
# unless a separator shows that it is a message. Anything looser would take "10ABC" for a lot.
_ALONE = re.compile(r"[0-9]{8}|[0-9]{12,14}|[0-9]{18}")
_MESSAGE = re.compile(r"00[0-9]{18}|0[12][0-9]{14}")
_SSCC_DIGITS = 18
_FOR_PEOPLE = re.compile(r"\([0-9]{2,4}\)")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def parse(code: str) -> Label | None:
    """The label in `code`; `None` when it is none of GS1. Raises `BrokenLabelError`."""
    symbology = _SYMBOLOGY.match(code)
    body = code[symbology.end() :] if symbology else code
    if _ALONE.fullmatch(body):
        return _alone(body)
    if _FOR_PEOPLE.match(body):
        return _label(code, _message_for_people(body))
    if GS in body or _MESSAGE.match(body):
        return _label(code, parse_gs1(body, config=_CONFIG).gs1_message)
    return None


def _alone(digits: str) -> Label | None:
    result = parse_gs1(digits, config=_CONFIG)
    if len(digits) == _SSCC_DIGITS:
        return Label(Form.GS1, digits, sscc=result.sscc.value) if result.sscc else None
    return Label(Form.GS1, digits, gtin=result.gtin.as_gtin_14()) if result.gtin else None


def _message_for_people(body: str) -> GS1Message | None:
    """The form with brackets, as people read it below the bars and some scanners send it."""
    try:
        return GS1Message.parse_hri(body, config=_CONFIG)
    except ParseError:
        return None


def _label(code: str, message: GS1Message | None) -> Label | None:
    if message is None:
        return None
    said = message.element_strings
    item = said.get(ai="01") or said.get(ai="02")
    unit = said.get(ai="00")
    label = Label(
        Form.GS1,
        code,
        gtin=item.gtin.as_gtin_14() if item and item.gtin else None,
        sscc=unit.sscc.value if unit and unit.sscc else None,
        lot=_value(said, "10"),
        serial=_value(said, "21"),
        quantity=int(_value(said, "37") or 0) or None,
    )
    if not label.gtin and not label.sscc:
        raise BrokenLabelError(code, "a GS1 label without a valid item number (01) or unit number (00)")
    return label


def _value(said: GS1ElementStrings, identifier: str) -> str | None:
    found = said.get(ai=identifier)
    return found.value if found else None
