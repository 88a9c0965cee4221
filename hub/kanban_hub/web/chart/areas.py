"""How many there are of each kind over time, one band upon the other: the cumulative flow of a loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.language import _
from kanban_hub.web.chart import ticks
from kanban_hub.web.chart.picture import HEIGHT, WIDTH, Chart, Key, Row, Shape, Table
from kanban_hub.web.instant import instant

ROWS_MOST = 16


@dataclass(frozen=True)
class Sample:
    """How many of each kind there were from `at_ms` on, until the next sample."""

    at_ms: int
    counts: Mapping[str, int]


def areas(name: tuple[str, str], told: str, kinds: Mapping[str, str], samples: Sequence[Sample]) -> Chart:
    """`name` is id and title, `kinds` the word of each kind from the lowest band up.

    Two samples at least, in their order; a kind that never was is left out.
    """
    seen = {kind: word for kind, word in kinds.items() if any(sample.counts.get(kind) for sample in samples)}
    end = ticks.top(max(sum(sample.counts.values()) for sample in samples), is_whole=True)
    span = (samples[0].at_ms, samples[-1].at_ms)
    floors = [0] * len(samples)
    shapes = []
    for kind, word in seen.items():
        heads = [low + sample.counts.get(kind, 0) for low, sample in zip(floors, samples, strict=True)]
        xs = [_x(sample.at_ms, span) for sample in samples]
        shapes.append(Shape(_band(xs, floors, heads, end), word, kind))
        floors = heads
    return Chart(
        *name,
        told,
        _table(seen, samples),
        across=ticks.times(*span),
        up=ticks.up(end, is_whole=True),
        areas=tuple(shapes),
        keys=tuple(Key(kind, word) for kind, word in reversed(seen.items())),
    )


def _x(at_ms: int, span: tuple[int, int]) -> float:
    return (at_ms - span[0]) / max(1, span[1] - span[0]) * WIDTH


def _band(xs: Sequence[float], lows: Sequence[int], heads: Sequence[int], end: float) -> str:
    """Steps, because a card is in one state until it is in another."""
    there = stairs(xs, [HEIGHT - head / end * HEIGHT for head in heads])
    back = stairs(xs, [HEIGHT - low / end * HEIGHT for low in lows])
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*there, *reversed(back)]) + "Z"


def stairs(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """The corners of a line that holds each height until the next place."""
    found = [(xs[0], ys[0])]
    for x, y in zip(xs[1:], ys[1:], strict=True):
        if y != found[-1][1]:
            found += [(x, found[-1][1]), (x, y)]
    if found[-1][0] != xs[-1]:
        found.append((xs[-1], ys[-1]))
    return found


def _table(seen: Mapping[str, str], samples: Sequence[Sample]) -> Table:
    every = -(-len(samples) // ROWS_MOST)
    chosen = [*samples[:-1:every], samples[-1]]
    rows = [Row(instant(one.at_ms), tuple(str(one.counts.get(kind, 0)) for kind in seen)) for one in chosen]
    return Table((_("Time"), *seen.values()), tuple(rows))
