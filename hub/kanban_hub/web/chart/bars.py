"""One bar a line, its name above it: names may be long, and a phone is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.web.chart import ticks
from kanban_hub.web.chart.picture import WIDTH, Bar, Chart, Label, Row, Table

LINE = 46.0  # a name, and a bar below it
_BAR_TOP, _BAR_HEIGHT = 20.0, 18.0
_NAME_FOOT = 14.0
NAME_MOST = 30  # letters that fit beside the value on a phone


@dataclass(frozen=True)
class Entry:
    """One bar. `text` is its value as the reader reads it, `href` where its events stand.

    `is_said`: its name is a text of ours and no data.
    """

    name: str
    value: float
    text: str
    href: str = ""
    look: str = "plain"
    is_said: bool = False


def bars(name: tuple[str, str], told: str, columns: tuple[str, str], entries: Sequence[Entry]) -> Chart:
    """`name` is id and title, `columns` head names and values. One entry at least, values of at least 0."""
    end = ticks.top(max(one.value for one in entries))
    return Chart(
        *name,
        told,
        Table(columns, tuple(Row(one.name, (one.text,), one.href) for one in entries)),
        height=LINE * len(entries),
        bars=tuple(bar(n, one.value / end, one) for n, one in enumerate(entries)),
        labels=labels(entries),
    )


def bar(line: int, share: float, one: Entry) -> Bar:
    """The bar of a line, over `share` of the width."""
    return Bar(0.0, line * LINE + _BAR_TOP, share * WIDTH, _BAR_HEIGHT, f"{one.name}: {one.text}", one.look)


def middle(line: int) -> float:
    """How far down the middle of a line's bar is."""
    return line * LINE + _BAR_TOP + _BAR_HEIGHT / 2


def labels(entries: Sequence[Entry]) -> tuple[Label, ...]:
    found = []
    for line, one in enumerate(entries):
        short = one.name if len(one.name) <= NAME_MOST else f"{one.name[: NAME_MOST - 1]}…"
        found.append(Label(line * LINE + _NAME_FOOT, short, is_data=not one.is_said))
        found.append(Label(line * LINE + _NAME_FOOT, one.text, is_end=True, is_data=True))
    return tuple(found)
