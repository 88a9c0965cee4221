"""Which events a reader wants to see, as typed in: all that is wrong with it is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlencode

from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.reading import read
from kanban_hub.language import _
from kanban_hub.ports import EventFilter
from kanban_hub.web.history.kinds import KIND_NAMES
from kanban_hub.web.instant import instant, milliseconds

ROWS = 50
FIELDS = ("loop", "card", "station", "kind", "call", "since", "until", "numbers")
_LONGEST = 80
# As many as a row of a figure names.
NUMBERS_MOST = 1_000
# After every number that an event can have.
_BEFORE_ALL = 2**53
_NUMBER_DIGITS = 16


@dataclass
class Wanted:
    """What stands in the address of the page. `zone` is that of times that say none."""

    given: Mapping[str, str]
    zone: tzinfo
    faults: dict[str, str] = field(default_factory=dict)
    which: EventFilter = field(default_factory=EventFilter)

    def __post_init__(self) -> None:
        before = self.given.get("before", "")
        if before and not _is_number(before):
            self.faults["before"] = _("This address is not complete: begin with the newest events.")
        self.which = EventFilter(
            limit=ROWS + 1,
            before=int(before) if _is_number(before) else _BEFORE_ALL,
            loop=self.typed("loop") or None,
            station=self.typed("station") or None,
            call=self.typed("call") or None,
            kind=self._kind(),
            card=self._card(),
            since_ms=self._time("since"),
            until_ms=self._time("until"),
            numbers=self._numbers(),
        )

    @property
    def is_newest(self) -> bool:
        return "before" not in self.given

    @property
    def is_narrowed(self) -> bool:
        return any(self.typed(name) for name in FIELDS)

    def typed(self, name: str) -> str:
        text = self.given.get(name, "").strip()
        return text if name == "numbers" else text[:_LONGEST]

    def older(self, number: int) -> str:
        """The address of the events before `number`."""
        return f"/events?{urlencode({**self._typed(), 'before': number})}"

    def newest(self) -> str:
        return f"/events?{urlencode(self._typed())}"

    def export(self) -> str:
        """The same choice for the files of the API."""
        chosen = {"loop": self.which.loop, "card": self.which.card, "station": self.which.station}
        chosen |= {"kind": self.which.kind, "call": self.which.call}
        for name, at_ms in (("since", self.which.since_ms), ("until", self.which.until_ms)):
            chosen[name] = instant(at_ms).isoformat().replace("+00:00", "Z") if at_ms is not None else None
        return urlencode({name: value for name, value in chosen.items() if value})

    def _typed(self) -> dict[str, Any]:
        return {name: self.typed(name) for name in FIELDS if self.typed(name)}

    def _numbers(self) -> tuple[int, ...] | None:
        """The events of a figure, by their numbers."""
        named = self.typed("numbers").split(",") if self.typed("numbers") else []
        if len(named) > NUMBERS_MOST or not all(map(_is_number, named)):
            self.faults["numbers"] = _("Events are named by their numbers, with commas between them.")
            return None
        return tuple(map(int, named)) or None

    def _kind(self) -> str | None:
        kind = self.typed("kind")
        if kind and kind not in KIND_NAMES:
            self.faults["kind"] = _("There is no kind of event %(kind)s: choose one of the list.") % {
                "kind": kind
            }
        return kind or None

    def _card(self) -> str | None:
        """Any form of a card's number: as it is printed, scanned, or typed."""
        text = self.typed("card")
        if not text:
            return None
        try:
            label = read(text)
        except LabelError:
            label = None
        if label is None or label.card is None:
            self.faults["card"] = _("%(text)s is no card number: write it as bracket-0003, or scan it.") % {
                "text": text
            }
            return text
        return label.card

    def _time(self, name: str) -> int | None:
        text = self.typed(name)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
            return milliseconds(found if found.tzinfo else found.replace(tzinfo=self.zone))
        except (ValueError, OverflowError):
            self.faults[name] = _("%(text)s is no time: write it as 2027-03-01T14:20.") % {"text": text}
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _NUMBER_DIGITS
