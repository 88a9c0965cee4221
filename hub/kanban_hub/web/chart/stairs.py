"""Levels over time, each held until the next: full containers as they were, and as they would have been."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.language import _
from kanban_hub.web.chart import ticks
from kanban_hub.web.chart.areas import stairs
from kanban_hub.web.chart.picture import HEIGHT, WIDTH, Bar, Chart, Key, Row, Shape, Table
from kanban_hub.web.instant import instant

Level = tuple[int, int]  # since when in ms, how much
PLACES = 400  # more cannot be told apart on a screen
ROWS_MOST = 16


@dataclass(frozen=True)
class Stair:
    """One line. `look` names how it is drawn; `levels` in their order, one at least."""

    look: str
    text: str
    levels: Sequence[Level]


@dataclass(frozen=True)
class Spell:
    """A time that is marked at the foot of the chart."""

    from_ms: int
    to_ms: int
    text: str


def staircase(
    name: tuple[str, str], told: str, lines: Sequence[Stair], spells: Sequence[Spell] = ()
) -> Chart:
    """`name` is id and title. The first and the last levels of all `lines` are of one and the same time."""
    from_ms, to_ms = lines[0].levels[0][0], lines[0].levels[-1][0]
    thinned = [Stair(line.look, line.text, thin(line.levels, to_ms)) for line in lines]
    end = ticks.top(max(level for line in thinned for _, level in line.levels), is_whole=True)
    span = (from_ms, max(to_ms, from_ms + 1))
    return Chart(
        *name,
        told,
        _table(thinned, span),
        across=ticks.times(*span),
        up=ticks.up(end, is_whole=True),
        bars=tuple(_spell(one, span) for one in spells),
        lines=tuple(Shape(_path(line, span, end), line.text, line.look) for line in thinned),
        keys=tuple(Key(line.look, line.text, is_line=True) for line in thinned),
    )


def thin(levels: Sequence[Level], to_ms: int) -> list[Level]:
    """Of each of `PLACES` equal parts of the time the lowest level, and then the last one of it.

    So what runs out for a moment is never left out, and what follows is as high as it was.
    """
    from_ms = levels[0][0]
    each_ms = max(1, -(-(to_ms - from_ms) // PLACES))
    lowest: dict[int, Level] = {}
    last: dict[int, Level] = {}
    for at_ms, level in levels:
        place = (at_ms - from_ms) // each_ms
        last[place] = (at_ms, level)
        if place not in lowest or level < lowest[place][1]:
            lowest[place] = (at_ms, level)
    return sorted({*lowest.values(), *last.values()})


def _path(line: Stair, span: tuple[int, int], end: float) -> str:
    xs = [*(_x(at_ms, span) for at_ms, _ in line.levels), WIDTH]
    ys = [HEIGHT - max(0, level) / end * HEIGHT for _, level in line.levels]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in stairs(xs, [*ys, ys[-1]]))


def _spell(one: Spell, span: tuple[int, int]) -> Bar:
    x = _x(one.from_ms, span)
    return Bar(x, 0.0, max(2.0, _x(one.to_ms, span) - x), HEIGHT, one.text, "out")


def _x(at_ms: int, span: tuple[int, int]) -> float:
    return min(max(0.0, (at_ms - span[0]) / (span[1] - span[0]) * WIDTH), WIDTH)


def _table(lines: Sequence[Stair], span: tuple[int, int]) -> Table:
    times = [span[0] + (span[1] - span[0]) * n // ROWS_MOST for n in range(ROWS_MOST + 1)]
    rows = [Row(instant(at_ms), tuple(str(_at(line.levels, at_ms)) for line in lines)) for at_ms in times]
    return Table((_("Time"), *(line.text for line in lines)), tuple(rows))


def _at(levels: Sequence[Level], at_ms: int) -> int:
    return next((level for since_ms, level in reversed(levels) if since_ms <= at_ms), levels[0][1])
