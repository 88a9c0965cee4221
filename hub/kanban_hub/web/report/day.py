"""The day in five minutes, on one sheet of paper: what ran out, came late, failed, and was waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.dwell import GhostRow, ghost_cards
from kanban_hub.domain.evidence.firstpass import FirstPassRow, first_pass
from kanban_hub.domain.evidence.pareto import ParetoRow, pareto
from kanban_hub.domain.evidence.promises import PromiseRow, promises
from kanban_hub.domain.evidence.responses import ResponseRow, responses
from kanban_hub.domain.evidence.stockouts import StockOutTotalRow, stock_out_totals
from kanban_hub.domain.evidence.turns import TurnsRow, turns
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _, ngettext
from kanban_hub.web import words
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant
from kanban_hub.web.numerals import percent
from kanban_hub.web.parts import WebParts
from kanban_hub.web.report.cells import cell, events_href, loop_name, station_name
from kanban_hub.web.report.span import of_day, today

LINES_MOST = 3


@dataclass(frozen=True)
class Line:
    """One thing of a tile: a name, what is said of it, and where its events stand."""

    name: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Tile:
    """`is_bad` when it is not as it should be."""

    figure: str
    title: str
    value: str
    told: str
    lines: tuple[Line, ...]
    is_bad: bool


@dataclass(frozen=True)
class _Seen:
    out: Sequence[StockOutTotalRow]
    promises: Sequence[PromiseRow]
    first: Sequence[FirstPassRow]
    ghosts: Sequence[GhostRow]
    pareto: Sequence[ParetoRow]
    responses: Sequence[ResponseRow]
    turns: Sequence[TurnsRow]


def day(parts: WebParts) -> Response:
    with parts.floor() as (floor, _revision):
        plant = floor.plant
    zone, now_ms = ZoneInfo(plant.calendar.timezone), parts.clock.now_ms()
    last = today(zone, now_ms)
    chosen, fault = _chosen(request.args.get("day", ""), last)
    window = of_day(chosen, zone)
    seen, _complete = parts.evidence.made(
        _made, Window(window.from_ms, min(window.to_ms, now_ms + 1)), now_ms
    )
    content = {
        "site": plant.site,
        "day": chosen,
        "before": chosen - timedelta(days=1),
        "after": chosen + timedelta(days=1) if chosen < last else None,
        "tiles": tiles(seen, plant, is_today=chosen == last),
        "query": f"span=own&from={chosen}T00:00&to={chosen + timedelta(days=1)}T00:00",
        "begins": instant(window.from_ms),
        "fault": fault,
    }
    return shown(parts, "report/day.html", content, 400 if fault else 200)


PAGES = (Page("GET /reports/day", day, is_reading=True),)


def _chosen(typed: str, last: date) -> tuple[date, str]:
    if not typed:
        return last, ""
    try:
        return min(max(date.fromisoformat(typed[:10]), date(2000, 1, 2)), last), ""
    except ValueError:
        return last, _("A day is written like 2026-11-24.")


def _made(basis: Basis) -> _Seen:
    return _Seen(
        stock_out_totals(basis), promises(basis), first_pass(basis), ghost_cards(basis), pareto(basis),
        responses(basis), turns(basis),
    )  # fmt: skip


def tiles(seen: Any, plant: Plant, *, is_today: bool) -> list[Tile]:
    """What the sheet says, the worst of each first. Ghost cards are those of now, so of today alone."""
    found = [_out(seen, plant), _late(seen, plant), _good(seen, plant)]
    if is_today:
        found.append(_ghosts(seen))
    return [*found, _causes(seen, plant), _answers(seen, plant), _pulls(seen, plant)]


def _out(seen: _Seen, plant: Plant) -> Tile:
    rows = sorted((row for row in seen.out if row.count), key=lambda row: -row.hours)
    lines = [
        Line(
            loop_name(plant, row.loop),
            ngettext("%(count)s time, %(time)s", "%(count)s times, %(time)s", row.count)
            % {"count": row.count, "time": words.measured(row.hours * 3600)},
            events_href(row.events),
        )
        for row in rows
    ]
    time = words.measured(sum(row.hours for row in rows) * 3600)
    told = _("%(time)s without a full container") % {"time": time} if rows else _("Nobody ran out.")
    count = sum(row.count for row in rows)
    return Tile("stock-outs", _("Stock-outs"), str(count), told, tuple(lines[:LINES_MOST]), bool(rows))


def _late(seen: _Seen, plant: Plant) -> Tile:
    late = sorted((row for row in seen.promises if row.is_kept is False), key=lambda row: -(row.late_s or 0))
    lines = [
        Line(
            loop_name(plant, row.loop),
            _("%(time)s late") % {"time": words.measured(row.late_s or 0)},
            events_href(row.events),
        )
        for row in late
    ]
    made = len(seen.promises)
    told = ngettext("of %(count)s promise", "of %(count)s promises", made) % {"count": made}
    return Tile("promises", _("Late promises"), str(len(late)), told, tuple(lines[:LINES_MOST]), bool(late))


def _good(seen: _Seen, plant: Plant) -> Tile:
    containers = sum(row.containers for row in seen.first)
    failed = sum(row.failed for row in seen.first)
    worst = sorted((row for row in seen.first if row.failed), key=lambda row: row.first_pass_yield)
    lines = [
        Line(
            f"{station_name(plant, row.station)} · {cell('item', row.item, plant).text}",
            _("%(failed)s of %(count)s failed") % {"failed": row.failed, "count": row.containers},
            events_href(row.failed_events),
        )
        for row in worst
    ]
    value = percent(1 - failed / containers) if containers else "–"  # noqa: RUF001  # a dash
    told = ngettext("of %(count)s container", "of %(count)s containers", containers) % {"count": containers}
    title = _("Good the first time")
    return Tile("first-pass-yield", title, value, told, tuple(lines[:LINES_MOST]), bool(failed))


def _ghosts(seen: _Seen) -> Tile:
    lines = [
        Line(
            row.card, _("there for %(time)s") % {"time": words.measured(row.dwell_s)}, events_href(row.events)
        )
        for row in seen.ghosts
    ]
    told = _("cards longer in one state than ever") if lines else _("No card has been anywhere too long.")
    title = _("Ghost cards")
    return Tile("ghost-cards", title, str(len(lines)), told, tuple(lines[:LINES_MOST]), bool(lines))


def _causes(seen: _Seen, plant: Plant) -> Tile:
    rows = [row for row in seen.pareto if row.kind == "cause"] or list(seen.pareto)
    lines = [
        Line(
            cell("text", row.text, plant).text,
            _("%(count)s, %(share)s") % {"count": row.count, "share": percent(row.share)},
            events_href(row.events),
        )
        for row in rows[:LINES_MOST]
    ]
    total = sum(row.count for row in rows)
    told = ngettext("call with a cause", "calls with a cause", total)
    return Tile("pareto", _("Top causes"), str(total), told, tuple(lines), is_bad=False)


def _answers(seen: _Seen, plant: Plant) -> Tile:
    taken = [row for row in seen.responses if row.until == "taken" and row.count and row.median_s is not None]
    slowest = sorted(taken, key=lambda row: -(row.median_s or 0))
    lines = [
        Line(
            f"{station_name(plant, row.station)} · {cell('call_kind', row.call_kind, plant).text}",
            words.measured(row.median_s or 0),
            events_href(row.events),
        )
        for row in slowest
    ]
    calls = sum(row.calls for row in seen.responses if row.until == "taken")
    mean_s = sum((row.mean_s or 0) * row.count for row in taken) / max(1, sum(row.count for row in taken))
    value = words.measured(mean_s) if taken else "–"  # noqa: RUF001  # a dash
    told = ngettext(
        "until taken, on the mean; %(count)s call", "until taken, on the mean; %(count)s calls", calls
    )
    title = _("Response times")
    return Tile(
        "response-times", title, value, told % {"count": calls}, tuple(lines[:LINES_MOST]), is_bad=False
    )


def _pulls(seen: _Seen, plant: Plant) -> Tile:
    rows = sorted((row for row in seen.turns if row.pulls), key=lambda row: -row.pulls)
    lines = [
        Line(
            loop_name(plant, row.loop),
            ngettext("%(count)s container", "%(count)s containers", row.pulls) % {"count": row.pulls},
            events_href(row.events),
        )
        for row in rows[:LINES_MOST]
    ]
    told = _("containers emptied")
    count = sum(row.pulls for row in rows)
    return Tile("turns", _("Pulls"), str(count), told, tuple(lines), is_bad=False)
