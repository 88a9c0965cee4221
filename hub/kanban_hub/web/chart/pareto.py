"""The few that make most of it: bars, the greatest first, and the line of their shares added up."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from kanban_hub.language import _, ngettext
from kanban_hub.web.chart import bars
from kanban_hub.web.chart.bars import Entry
from kanban_hub.web.chart.picture import WIDTH, Chart, Key, Row, Shape, Table, Tick
from kanban_hub.web.numerals import percent

LINES_MOST = 8  # what is rarer is told as one
MOST_OF_IT = 0.8  # Juran's vital few


def pareto(name: tuple[str, str], heading: str, entries: Sequence[Entry]) -> Chart:
    """`name` is id and title, `heading` that of the names. Values are counts; one at least is above 0."""
    ordered = sorted(entries, key=lambda one: -one.value)
    shown = _with_rest(ordered)
    total = sum(one.value for one in ordered)
    up_to = list(accumulate(one.value / total for one in shown))
    worded = [replace(one, text=f"{one.text} · {percent(one.value / total)}") for one in shown]
    rows = [
        Row(one.name, (one.text, percent(one.value / total), percent(share)), one.href)
        for one, share in zip(ordered, accumulate(one.value / total for one in ordered), strict=True)
    ]
    return Chart(
        *name,
        _told(ordered, total),
        Table((heading, _("How often"), _("Share"), _("Share up to it")), tuple(rows)),
        height=bars.LINE * len(shown),
        across=tuple(Tick(share * WIDTH, percent(share)) for share in (0.0, 0.5, MOST_OF_IT, 1.0)),
        bars=tuple(bars.bar(n, one.value / total, one) for n, one in enumerate(worded)),
        lines=(Shape(_path(up_to), _("Share up to it"), "sum"),),
        labels=bars.labels(worded),
        keys=(Key("plain", _("Share of each")), Key("sum", _("Share up to it"), is_line=True)),
    )


def _with_rest(ordered: Sequence[Entry]) -> list[Entry]:
    if len(ordered) <= LINES_MOST:
        return list(ordered)
    rest = ordered[LINES_MOST - 1 :]
    count = sum(one.value for one in rest)
    others = ngettext("%(count)s other", "%(count)s others", len(rest)) % {"count": len(rest)}
    return [*ordered[: LINES_MOST - 1], Entry(others, count, f"{count:.0f}", look="rest", is_said=True)]


def _path(up_to: Sequence[float]) -> str:
    return "M" + "L".join(f"{share * WIDTH:.1f} {bars.middle(n):.1f}" for n, share in enumerate(up_to))


def _told(ordered: Sequence[Entry], total: float) -> str:
    few = 1 + sum(share < MOST_OF_IT - 1e-9 for share in accumulate(one.value / total for one in ordered))
    return _("%(few)s of %(all)s make 80 %% of it; the most frequent is %(name)s.") % {
        "few": min(few, len(ordered)),
        "all": len(ordered),
        "name": ordered[0].name,
    }
