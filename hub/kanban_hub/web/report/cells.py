"""Rows of figures as people read them: names for ids, times for seconds, and links to the events."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.evidence.pareto import NOT_TOLD
from kanban_hub.domain.evidence.walking import OUTSIDE_SHIFTS
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.history.kinds import KIND_NAMES
from kanban_hub.web.instant import instant
from kanban_hub.web.numerals import numeral, percent
from kanban_hub.web.report.columns import VALUES
from kanban_protocol.refusals import TEXTS, Refusal

# As many events as fit into an address.
EVENTS_MOST = 150
_SHARES = ("cumulative_share", "first_pass_yield", "on_time")
_HOURS = ("hours", "working_hours")
_STATIONS = ("supplier", "consumer", "station", "seen_station")
_LOOPS, _CARDS = ("loop", "oldest_loop"), ("card", "oldest_card")
NOTHING = "–"  # noqa: RUF001  # a dash, where there is no value


@dataclass(frozen=True)
class Cell:
    """`is_data`: said in no language. `number` is what a table is set to the end for."""

    text: str
    at: datetime | None = None
    href: str = ""
    is_data: bool = True
    is_number: bool = False


def cells(row: Any, plant: Plant) -> list[Cell]:
    """The cells of `row`, in the order of its columns."""
    names = (field.name for field in dataclasses.fields(row))
    return [
        text_cell(row, plant) if name == "text" else cell(name, getattr(row, name), plant) for name in names
    ]


def text_cell(row: Any, plant: Plant) -> Cell:
    """The `text` of a row that says by its `kind` what it names: a reason, an item, a station, a shift."""
    return cell(_NAMED.get(getattr(row, "kind", ""), "text"), row.text, plant)


def cell(name: str, value: Any, plant: Plant) -> Cell:
    if value is None:
        return Cell(NOTHING)
    if name.endswith("events"):
        return _events(value)
    if name.endswith("_at_ms"):
        return Cell("", at=instant(value))
    for is_it, made in _FORMS:
        if is_it(name, value):
            return made(name, value, plant)
    return Cell(str(value))


def events_href(numbers: tuple[int, ...]) -> str:
    """Where the newest of these events stand."""
    return f"/events?numbers={','.join(map(str, numbers[-EVENTS_MOST:]))}"


def station_name(plant: Plant, station: str) -> str:
    known = plant.stations.get(station)
    return known.name if known else station


def loop_name(plant: Plant, loop: str) -> str:
    known = plant.loops.get(loop)
    return plant.item_name(known) if known else loop


def signed(seconds: float) -> str:
    """A time that may lie below zero."""
    return words.measured(seconds) if seconds >= 0 else f"\N{MINUS SIGN}{words.measured(-seconds)}"


def _events(numbers: tuple[int, ...]) -> Cell:
    return Cell(str(len(numbers)), href=events_href(numbers) if numbers else "", is_number=True)


def _loop(_name: str, value: str, plant: Plant) -> Cell:
    return Cell(loop_name(plant, value), href=f"/loops/{value}")


def _station(_name: str, value: str, plant: Plant) -> Cell:
    return Cell(station_name(plant, value), href=f"/stations/{value}")


def _card(_name: str, value: str, _plant: Plant) -> Cell:
    return Cell(value, href=f"/cards/{value}")


def _item(_name: str, value: str, plant: Plant) -> Cell:
    return Cell(plant.items[value].name if value in plant.items else value)


def _said(name: str, value: str, plant: Plant) -> Cell:
    if name in _OWN_WORDS and value in VALUES:
        return Cell(_(VALUES[value]), is_data=False)
    for where, word in _WORDS:
        if name == where and (text := word(value)) is not None:
            return Cell(text, is_data=False)
    if name == "shift":
        return Cell(next((one.name for one in plant.calendar.shifts if one.id == value), value))
    return Cell(plant.reason_name(value) if name in ("text", "reason", "cause") else value)


def _not_told(_name: str, _value: str, _plant: Plant) -> Cell:
    return Cell(_("not told"), is_data=False)


def _yes(_name: str, value: bool, _plant: Plant) -> Cell:  # a cell's value
    return Cell(_("yes") if value else _("no"), is_data=False)


def _time(_name: str, value: float, _plant: Plant) -> Cell:
    return Cell(signed(value), is_data=False, is_number=True)


def _hours(_name: str, value: float, _plant: Plant) -> Cell:
    return Cell(signed(value * 3600), is_data=False, is_number=True)


def _share(_name: str, value: float, _plant: Plant) -> Cell:
    return Cell(percent(value), is_number=True)


def _number(_name: str, value: float, _plant: Plant) -> Cell:
    return Cell(numeral(value, 2), is_number=True)


_NAMED = {"item": "item", "maker": "station", "finder": "station", "shift": "shift"}
_REFUSALS = frozenset(one.value for one in Refusal)
_OWN_WORDS = ("share", "until", "what", "kind", "standing", "clock")
# What a value of a column is called; `None` where it has no word.
_WORDS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("state", lambda value: words.state(State(value))),
    ("call_kind", lambda value: words.kind(CallKind(value))),
    ("text", lambda value: _("outside shifts") if value == OUTSIDE_SHIFTS else None),
    ("shift", lambda value: _("outside shifts") if value == OUTSIDE_SHIFTS else None),
    ("reason", lambda value: _(TEXTS[Refusal(value)]) if value in _REFUSALS else None),
    ("seen_by", lambda value: _(KIND_NAMES[value]) if value in KIND_NAMES else None),
)
# The first that fits makes the cell.
_FORMS: tuple[tuple[Callable[[str, Any], bool], Callable[[str, Any, Plant], Cell]], ...] = (
    (lambda _n, value: isinstance(value, bool), _yes),
    (lambda _n, value: value == NOT_TOLD, _not_told),
    (lambda name, _v: name in _LOOPS, _loop),
    (lambda name, _v: name in _STATIONS, _station),
    (lambda name, _v: name in _CARDS, _card),
    (lambda name, _v: name == "item", _item),
    (lambda _n, value: isinstance(value, str), _said),
    (lambda name, _v: name in _SHARES or name == "share", _share),
    (lambda name, _v: name in _HOURS, _hours),
    (lambda name, _v: name.endswith("_s"), _time),
    (lambda _n, value: isinstance(value, int | float), _number),
)
