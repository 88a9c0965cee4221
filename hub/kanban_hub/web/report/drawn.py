"""The chart of a figure, where one says more than the table."""

from collections.abc import Callable, Sequence
from typing import Any

from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _
from kanban_hub.web import words
from kanban_hub.web.chart.bars import Entry, bars
from kanban_hub.web.chart.histogram import histogram
from kanban_hub.web.chart.pareto import pareto
from kanban_hub.web.chart.picture import Chart
from kanban_hub.web.numerals import numeral, percent
from kanban_hub.web.report.cells import cell, events_href, loop_name, station_name, text_cell

BARS_MOST = 12
_HOUR_S, _MINUTE_S = 3_600.0, 60.0
_MINUTES_UNTIL_S = 3 * _HOUR_S


def charts(figure: str, rows: Sequence[Any], plant: Plant) -> list[Chart]:
    """Those of `figure`; none where there is nothing to draw."""
    draw = _DRAWN.get(figure)
    return draw(rows, plant) if draw and rows else []


def _bars(title: str, what: str, rows: Sequence[tuple[str, float | None, str, Any]]) -> list[Chart]:
    """`rows` are name, value, its text, and the row; the greatest first, what has no value left out."""
    known = [(name, value, text, row) for name, value, text, row in rows if value is not None]
    known.sort(key=lambda row: -row[1])
    entries = [Entry(name, value, text, _href(row)) for name, value, text, row in known[:BARS_MOST]]
    if not any(entry.value for entry in entries):
        return []
    told = _("%(what)s, the greatest first.") % {"what": title}
    return [bars(("drawn", title), told, (what, title), entries)]


def _href(row: Any) -> str:
    return events_href(row.events) if row.events else ""


def _by_loop(title: str, value: str, rows: Sequence[Any], plant: Plant) -> list[Chart]:
    """By loop, the column `value`."""
    made = [
        (loop_name(plant, row.loop), getattr(row, value), cell(value, getattr(row, value), plant).text, row)
        for row in rows
    ]
    return _bars(title, _("Loop"), made)


def _lead_times(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    whole = [row for row in rows if row.share == "lead" and row.loop is not None and row.count]
    made = [(loop_name(plant, row.loop), row.median_s, words.measured(row.median_s), row) for row in whole]
    return _bars(_("Median lead time"), _("Loop"), made)


def _rounds(rows: Sequence[Any], _plant: Plant) -> list[Chart]:
    longest_s = max(row.lead_s for row in rows)
    unit, seconds = (_("min"), _MINUTE_S) if longest_s < _MINUTES_UNTIL_S else (_("h"), _HOUR_S)
    return [histogram(("drawn", _("Lead time")), [row.lead_s / seconds for row in rows], unit)]


def _pareto(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    """One for each kind of row, in their order."""
    found = []
    for kind in dict.fromkeys(row.kind for row in rows):
        entries = [
            Entry(text_cell(row, plant).text, row.count, str(row.count), _href(row))
            for row in rows
            if row.kind == kind
        ]
        title, heading = _PARETOS[kind]
        found.append(pareto((f"drawn-{kind}", _(title)), _(heading), entries))
    return found


def _first_pass(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    made = [
        (_at(plant, row), 1 - row.first_pass_yield, percent(1 - row.first_pass_yield), row) for row in rows
    ]
    return _bars(_("Containers that failed"), _("Station and item"), made)


def _at(plant: Plant, row: Any) -> str:
    return f"{station_name(plant, row.station)} · {cell('item', row.item, plant).text}"


def _responses(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    taken = [row for row in rows if row.until == "taken" and row.count]
    made = [
        (f"{station_name(plant, row.station)} · {cell('call_kind', row.call_kind, plant).text}",
         row.median_s, words.measured(row.median_s), row)
        for row in taken
    ]  # fmt: skip
    return _bars(_("Median time until a call was taken"), _("Station and call"), made)


def _on_time(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    made = [
        (loop_name(plant, row.loop), float(row.late), str(row.late), row)
        for row in rows
        if row.loop is not None
    ]
    return _bars(_("Promises that were late"), _("Loop"), made)


def _stock_outs(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    hours: dict[str, float] = {}
    for row in rows:
        hours[row.loop] = hours.get(row.loop, 0.0) + row.hours
    made = [
        (loop_name(plant, loop), value, words.measured(value * 3600), None) for loop, value in hours.items()
    ]
    entries = [Entry(name, value, text) for name, value, text, _row in sorted(made, key=lambda one: -one[1])]
    told = _("All stock-outs of a loop together.")
    return [bars(("drawn", _("Time out of stock")), told, (_("Loop"), _("Lasted")), entries[:BARS_MOST])]


def _queue(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    made = [
        (station_name(plant, row.supplier), row.oldest_s, cell("oldest_s", row.oldest_s, plant).text, row)
        for row in rows
    ]
    return _bars(_("The oldest request waits"), _("Supplier"), made)


def _bullwhip(rows: Sequence[Any], _plant: Plant) -> list[Chart]:
    made = [
        (_("Tier %(number)s") % {"number": row.tier}, row.index, numeral(row.index or 0, 2), row)
        for row in rows
    ]
    return _bars(_("Bullwhip index"), _("Tier"), made)


def _trips(rows: Sequence[Any], plant: Plant) -> list[Chart]:
    all_day = [row for row in rows if row.shift is None]
    value = "metres" if any(row.metres for row in all_day) else "trips"
    return _by_loop(_("Metres walked") if value == "metres" else _("Trips"), value, all_day, plant)


# By the kind of the rows: what the chart is called, and the column of names.
_PARETOS = {
    "defect": (N_("Defects"), N_("Defect")),
    "cause": (N_("Causes"), N_("Cause")),
    "item": (N_("Fails by item"), N_("Item")),
    "maker": (N_("Fails by where it was made"), N_("Station")),
    "finder": (N_("Fails by where it was found"), N_("Station")),
    "shift": (N_("Fails by shift"), N_("Shift")),
}
_DRAWN: dict[str, Callable[[Sequence[Any], Plant], list[Chart]]] = {
    "lead-times": _lead_times,
    "rounds": _rounds,
    "stock-outs": _stock_outs,
    "stock-out-totals": lambda rows, plant: _by_loop(_("Time out of stock"), "hours", rows, plant),
    "turns": lambda rows, plant: _by_loop(_("Turns a day"), "turns_per_day", rows, plant),
    "first-pass-yield": _first_pass,
    "pareto": _pareto,
    "fails": _pareto,
    "response-times": _responses,
    "on-time": _on_time,
    "queue-age": _queue,
    "bullwhip": _bullwhip,
    "walking": _trips,
}
