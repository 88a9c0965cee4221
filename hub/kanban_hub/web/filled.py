"""A form that a person has filled in: what was typed is kept, and each fault is told at its field."""

import math
import re
from collections.abc import Mapping
from typing import TypeVar

from msgspec import ValidationError, convert

from kanban_hub.language import _
from kanban_hub.web.numerals import numeral
from kanban_protocol.signals import ShortText

Value = TypeVar("Value")


class Filled:
    """Reads fields by name. `given` is what was typed, `faults` what is wrong, by the name of the field."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = {name: value.strip() for name, value in given.items()}
        self.faults: dict[str, str] = {}

    @property
    def is_good(self) -> bool:
        return not self.faults

    def typed(self, name: str) -> str:
        return self.given.get(name, "")

    def short_text(self, name: str) -> str:
        """A text of 1 to 80 printable signs."""
        try:
            return convert(self.typed(name), ShortText)
        except ValidationError:
            return self._wrong(name, _("Say it in 1 to 80 signs."), "")

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        text = self.typed(name)
        value = int(text) if re.fullmatch(r"[+-]?\d{1,12}", text) else None
        if value is None or not low <= value <= high:
            said = _("A whole number from %(low)s to %(high)s is needed.") % {"low": low, "high": high}
            return self._wrong(name, said, low)
        return value

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number from `low` to `high`, with a point or a comma; `None` where the field is empty."""
        text = self.typed(name)
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            bounds = {"low": numeral(low, 3), "high": numeral(high, 3)}
            return self._wrong(name, _("A number from %(low)s to %(high)s is needed.") % bounds, None)
        return value

    def _wrong(self, name: str, text: str, value: Value) -> Value:
        self.faults[name] = text
        return value
