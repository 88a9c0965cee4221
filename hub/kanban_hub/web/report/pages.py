"""Every figure of the plant as a page: what it is, over which time, and the events behind each row."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from kanban_hub.domain.evidence.figures import FIGURES, Figure
from kanban_hub.domain.plant import Plant
from kanban_hub.evidence import Answer
from kanban_hub.language import _
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.report.cells import Cell, cells, loop_name
from kanban_hub.web.report.columns import COLUMNS
from kanban_hub.web.report.drawn import charts
from kanban_hub.web.report.span import SPANS, Span, span

ROWS_MOST = 200
# What is as it is now, whatever time is looked at.
OF_NOW = ("queue-age", "ghost-cards", "balance")


@dataclass(frozen=True)
class Column:
    title: str
    is_number: bool


def reports(parts: WebParts) -> Response:
    chosen = _span(parts)
    figures = [(name, _(one.title), _(one.unit), _plain(one.definition)) for name, one in FIGURES.items()]
    return shown(parts, "report/reports.html", {"figures": figures, "span": chosen, "spans": SPANS})


def report(parts: WebParts, figure: str) -> Response:
    if figure not in FIGURES:
        raise not_found(_("there is no figure %(name)s") % {"name": figure[:80]})
    one, chosen = FIGURES[figure], _span(parts)
    now_ms = parts.clock.now_ms()
    answer = parts.evidence.answer(one, chosen.window, now_ms)
    plant = _plant(parts)
    loop = request.args.get("loop", "")
    rows = _of_loop(answer.rows, loop)
    content = {
        "name": figure,
        "title": _(one.title),
        "unit": _(one.unit),
        "definition": _plain(one.definition),
        "span": chosen,
        "spans": SPANS,
        "is_of_now": figure in OF_NOW,
        "of_loop": loop if loop in plant.loops else "",
        "loops": [(known, loop_name(plant, known)) for known in plant.loops] if _has_loops(one) else [],
        "charts": charts(figure, rows, plant),
        "columns": _columns(one, rows, plant),
        "rows": [cells(row, plant) for row in rows[:ROWS_MOST]],
        "more": max(0, len(rows) - ROWS_MOST),
        **_times(answer, chosen),
    }
    return shown(parts, "report/report.html", content, 400 if chosen.faults else 200)


PAGES = (
    Page("GET /reports", reports, is_reading=True),
    Page("GET /reports/{figure}", report, is_reading=True),
)


def _plain(definition: str) -> str:
    """As it is read on a page: what is set as code in documents is a word like others."""
    return _(definition).replace("`", "")


def _span(parts: WebParts) -> Span:
    return span(request.args, _plant(parts).calendar, parts.clock.now_ms())


def _plant(parts: WebParts) -> Plant:
    with parts.floor() as (floor, _revision):
        return floor.plant


def _has_loops(figure: Figure) -> bool:
    return any(field.name == "loop" for field in dataclasses.fields(figure.row))


def _of_loop(rows: Sequence[Any], loop: str) -> Sequence[Any]:
    """All rows where no loop is chosen or rows are of none."""
    if not loop:
        return rows
    return [row for row in rows if getattr(row, "loop", loop) == loop]


def _columns(figure: Figure, rows: Sequence[Any], plant: Plant) -> list[Column]:
    names = [field.name for field in dataclasses.fields(figure.row)]
    numbers = [False] * len(names)
    for row in rows[:ROWS_MOST]:
        found: list[Cell] = cells(row, plant)
        numbers = [is_one or cell.is_number for is_one, cell in zip(numbers, found, strict=True)]
    return [Column(_(COLUMNS[name]), is_one) for name, is_one in zip(names, numbers, strict=True)]


def _times(answer: Answer, chosen: Span) -> dict[str, Any]:
    """The window in words, and since when all events are known where that lies within it."""
    complete_ms = answer.complete_from_ms
    is_short = complete_ms is not None and complete_ms > chosen.window.from_ms
    return {
        "begins": instant(chosen.window.from_ms),
        "ends": instant(chosen.window.to_ms),
        "complete": instant_or_none(complete_ms) if is_short else None,
    }
