"""How often what lasts how long, with the limits under which half and most of it lie."""

from collections.abc import Sequence
from itertools import pairwise

from kanban_hub.domain.evidence.spread import quantile
from kanban_hub.language import _
from kanban_hub.web.chart import ticks
from kanban_hub.web.chart.picture import HEIGHT, WIDTH, Bar, Chart, Mark, Row, Table
from kanban_hub.web.numerals import numeral

BARS = 16
MEDIAN, MOSTLY = 0.5, 0.85
_GAP = 4.0  # between two bars


def histogram(name: tuple[str, str], values: Sequence[float], unit: str) -> Chart:
    """`name` is id and title; `values` are in `unit`, which is a word of the reader's. One value at least."""
    ordered = sorted(values)
    end = ticks.top(max(ordered[-1], 1e-6))
    edges = [end * n / BARS for n in range(BARS + 1)]
    counts = [sum(_is_within(value, low, high, end) for value in ordered) for low, high in pairwise(edges)]
    most = ticks.top(max(counts), is_whole=True)
    marks = {share: quantile(ordered, share) for share in (MEDIAN, MOSTLY)}
    return Chart(
        *name,
        _told(len(ordered), marks, unit),
        _table(edges, counts, unit),
        across=ticks.across(end),
        up=ticks.up(most, is_whole=True),
        bars=tuple(
            _bar(n, count, most, _between(edges[n], edges[n + 1], unit))
            for n, count in enumerate(counts)
            if count
        ),
        marks=tuple(
            Mark(value / end * WIDTH, _marked(share, value, unit), row)
            for row, (share, value) in enumerate(marks.items())
        ),
    )


def _is_within(value: float, low: float, high: float, end: float) -> bool:
    return low <= value < high or (value == high == end)


def _bar(place: int, count: int, most: float, between: str) -> Bar:
    width, height = WIDTH / BARS, count / most * HEIGHT
    text = _("%(between)s: %(count)s") % {"between": between, "count": count}
    return Bar(place * width + _GAP / 2, HEIGHT - height, width - _GAP, height, text)


def _between(low: float, high: float, unit: str) -> str:
    return _("%(low)s to %(high)s %(unit)s") % {
        "low": numeral(low, 2),
        "high": numeral(high, 2),
        "unit": unit,
    }


def _marked(share: float, value: float, unit: str) -> str:
    return _("%(share)s %% within %(value)s %(unit)s") % {
        "share": round(share * 100),
        "value": numeral(value),
        "unit": unit,
    }


def _told(count: int, marks: dict[float, float], unit: str) -> str:
    return _("Of %(count)s, half lie within %(half)s %(unit)s and 85 %% within %(mostly)s %(unit)s.") % {
        "count": count,
        "half": numeral(marks[MEDIAN]),
        "mostly": numeral(marks[MOSTLY]),
        "unit": unit,
    }


def _table(edges: Sequence[float], counts: Sequence[int], unit: str) -> Table:
    rows = [
        Row(_between(low, high, unit), (str(count),))
        for (low, high), count in zip(pairwise(edges), counts, strict=True)
        if count
    ]
    return Table((_("Time"), _("How often")), tuple(rows))
