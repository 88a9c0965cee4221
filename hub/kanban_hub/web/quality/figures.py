"""What goes wrong most often, where, and how quickly somebody comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec
from flask import Response, request

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.evidence.fails import fails
from kanban_hub.domain.evidence.pareto import NOT_TOLD, ParetoRow, pareto
from kanban_hub.domain.evidence.repeats import RepeatRow, repeats
from kanban_hub.domain.evidence.targets import TargetRow, targets
from kanban_hub.domain.evidence.walking import OUTSIDE_SHIFTS
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.chart import pareto as chart
from kanban_hub.web.chart.bars import Entry
from kanban_hub.web.chart.picture import Chart
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.quality.places import item_of, station_name

DAYS, DAYS_USUAL = (7, 30, 92), 30
# The few that make most of it.
SHOWN_MOST = 12
# By kind of row: its heading, and by which part of the filter of all calls its number is found.
_HEADS: dict[str, tuple[str, str]] = {
    "defect": (N_("Defects"), "topic"),
    "cause": (N_("Causes"), "cause"),
    "item": (N_("Items"), "item"),
    "maker": (N_("Where it was made"), "station"),
    "finder": (N_("Where it was found"), "raised_by"),
    "shift": (N_("Shifts in which it was found"), ""),
}
_CLOCKS = {
    "take": N_("until taken"),
    "arrive": N_("until help is there"),
    "solve": N_("from taken to solved"),
}


@dataclass(frozen=True)
class Answer:
    """How calls of a kind were answered on one clock. `look` is `calm`, `asked` or `quiet`."""

    kind: str
    clock: str
    count: int
    mean: str
    most: str
    target: str
    within: str
    look: str
    way: str


@dataclass(frozen=True)
class Repeat:
    kind: str
    station: str
    about: str
    count: int
    after_solved: int
    cause: str
    way: str


def figures_page(parts: WebParts) -> Response:
    days = next((days for days in DAYS if request.args.get("days") == str(days)), DAYS_USUAL)
    now_ms = parts.clock.now_ms()
    window = Window(now_ms + 1 - days * DAY_MS, now_ms + 1)
    content, complete_from_ms = parts.evidence.made(_made, window, now_ms)
    is_whole = complete_from_ms is None or complete_from_ms <= window.from_ms
    content |= {
        "days": days,
        "all_days": DAYS,
        "from": instant(window.from_ms),
        "complete_from": None if is_whole or complete_from_ms is None else instant(complete_from_ms),
        "files": _files(window),
    }
    return shown(parts, "quality/figures.html", content)


PAGES = (Page("GET /quality/figures", figures_page, is_reading=True),)


def _made(basis: Basis) -> dict[str, object]:
    since = _since(basis.window)
    plant = basis.floor.plant
    return {
        "paretos": _paretos([*pareto(basis), *fails(basis)], plant, since),
        "answers": tuple(_answer(row, since) for row in targets(basis) if row.count),
        "repeats": tuple(_repeat(row, plant, since) for row in repeats(basis)[:SHOWN_MOST]),
    }


def _paretos(rows: Iterable[ParetoRow], plant: Plant, since: dict[str, str]) -> tuple[Chart, ...]:
    found = list(rows)
    made = []
    for kind, (head, key) in _HEADS.items():
        entries = [_entry(row, plant, since, key) for row in found if row.kind == kind]
        if entries:
            made.append(chart.pareto((f"pareto-{kind}", _(head)), _(head), entries))
    return tuple(made)


def _entry(row: ParetoRow, plant: Plant, since: dict[str, str], key: str) -> Entry:
    which = {key: row.text} if key else {}
    kind = {} if row.kind == "cause" else {"kind": CallKind.QUALITY.value}
    is_said = row.text in (NOT_TOLD, OUTSIDE_SHIFTS)
    return Entry(_text(row, plant), row.count, str(row.count), _way(since | kind | which), is_said=is_said)


def _text(row: ParetoRow, plant: Plant) -> str:
    if row.text == NOT_TOLD:
        return _("not told")
    if row.text == OUTSIDE_SHIFTS:
        return _("outside shifts")
    shifts = {shift.id: shift.name for shift in plant.calendar.shifts}
    match row.kind:
        case "item":
            return plant.items[row.text].name if row.text in plant.items else row.text
        case "maker" | "finder":
            return station_name(plant, row.text)
        case "shift":
            return shifts.get(row.text, row.text)
    return plant.reason_name(row.text)


def _answer(row: TargetRow, since: dict[str, str]) -> Answer:
    within, look = "", "quiet"
    if row.within is not None and row.count:
        within = _("%(count)s of %(all)s") % {"count": row.within, "all": row.count}
        look = "calm" if row.within == row.count else "asked"
    return Answer(
        words.kind(CallKind(row.call_kind)),
        _(_CLOCKS[row.clock]),
        row.count,
        _time(row.mean_s),
        _time(row.p90_s),
        _time(row.target_s),
        within,
        look,
        _way(since | {"kind": row.call_kind}),
    )


def _repeat(row: RepeatRow, plant: Plant, since: dict[str, str]) -> Repeat:
    text = plant.reason_name(row.text) if row.text else ""
    return Repeat(
        words.kind(CallKind(row.call_kind)),
        station_name(plant, row.station),
        " ".join(part for part in (item_of(plant, row.loop), text) if part),
        row.count,
        row.after_solved,
        plant.reason_name(row.cause) if row.cause else "",
        _way(since | {"kind": row.call_kind, "station": row.station, "topic": row.text or NOT_TOLD}),
    )


def _time(seconds: float | None) -> str:
    return "" if seconds is None else words.duration(seconds / 60)


def _since(window: Window) -> dict[str, str]:
    return {"since": str(msgspec.to_builtins(instant(window.from_ms))), "counted": "true"}


def _way(which: dict[str, str]) -> str:
    return f"/quality/calls?{urlencode(which)}"


def _files(window: Window) -> tuple[tuple[str, str], ...]:
    query = urlencode({"from": msgspec.to_builtins(instant(window.from_ms))})
    names = {
        "pareto": _("defects and causes"),
        "fails": _("items, stations and shifts"),
        "targets": _("answers within target"),
        "repeats": _("repeated calls"),
    }
    return tuple((word, f"/api/v1/evidence/{name}.csv?{query}") for name, word in names.items())
