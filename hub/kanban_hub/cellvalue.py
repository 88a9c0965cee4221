"""What people type into a field or a cell, as a value of the plant's file."""

import re
from collections.abc import Callable
from typing import Any

from kanban_hub.setting import Kind, Setting

# What spreadsheets write for a tick in the languages that are spoken here, and what people type.
_YES = {"true", "yes", "y", "x", "1", "ja", "wahr", "sí", "si", "verdadero", "tak", "prawda", "是"}
_NO = {"false", "no", "n", "0", "-", "nein", "falsch", "falso", "nie", "fałsz", "否"}
# Groups of three by a sign or a blank, as spreadsheets show thousands: 1,000  1.000  1 000  1'000
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,'\u2019\u00a0\u202f ])\d{3}(?:\1\d{3})*")
_NOT_A_DIGIT = re.compile(r"[^\d+-]")
_BETWEEN = re.compile(r"[\s,;|]+")


def value_of(setting: Setting, text: str) -> Any:
    """The value, or `text` itself where it is none: the fault is then told like every other."""
    return _READERS.get(setting.kind, _as_typed)(text.strip())


def number_of(text: str) -> float | str:
    """A number with a point or a comma before its fraction."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in plain and "." in plain:  # the last of them is the one before the fraction
        mark = max(plain.rindex(","), plain.rindex("."))
        plain = re.sub(r"[.,]", "", plain[:mark]) + "." + plain[mark + 1 :]
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return text


def whole_of(text: str) -> int | str:
    """A whole number; three digits after a sign are thousands, for a fraction it cannot be."""
    plain = _NOT_A_DIGIT.sub("", text) if _GROUPED.fullmatch(text) else text
    found = number_of(plain)
    return int(found) if isinstance(found, float) and found.is_integer() else text


def words_of(text: str) -> list[str]:
    """A list, whatever stands between its words."""
    return [word for word in _BETWEEN.split(text) if word]


def _switch_of(text: str) -> bool | str:
    small = text.casefold()
    return True if small in _YES else False if small in _NO else text


def _place_of(text: str) -> list[float | str]:
    return [number_of(part) for part in re.split(r"[\s;/]+", text.strip("[]()")) if part]


def _as_typed(text: str) -> str:
    return text


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.WHOLE: whole_of,
    Kind.NUMBER: number_of,
    Kind.SWITCH: _switch_of,
    Kind.CHOICES: words_of,
    Kind.WORDS: words_of,
    Kind.PLACE: _place_of,
}
