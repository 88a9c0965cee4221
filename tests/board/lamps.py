"""Which pattern a lamp shows, told from when it was lit and dark, as an eye tells it."""

import time
from itertools import pairwise

from kanban_hardware.pattern import TICK_S, TICKS, Pattern
from tests.board.pl061 import Edge

# An emulated board is late by a part of a tick, now and then. Half a tick tells every dark time apart.
SLACK_S = TICK_S * 0.45
STEADY_S = 2.0  # longer than the longest dark time of a blinking lamp
PERIODS = 2


def pattern(edges: list[Edge]) -> Pattern | None:
    """The pattern of the last seconds: two whole periods of it, or two seconds without a change."""
    last = edges[-1] if edges else Edge(0.0, level=False)
    if time.monotonic() - last.at_s > STEADY_S:
        return Pattern.ON if last.level else Pattern.OFF
    seen = _spans(edges)
    return next((one for one in (Pattern.SLOW, Pattern.FAST, Pattern.DOUBLE) if _fits(seen, one)), None)


def durations(edges: list[Edge]) -> str:
    """The spans between the edges for a person to read."""
    return " ".join(f"{'+' if level else '-'}{length_s:.2f}" for level, length_s in _spans(edges))


def _spans(edges: list[Edge]) -> list[tuple[bool, float]]:
    return [(one.level, following.at_s - one.at_s) for one, following in pairwise(edges)]


def _fits(seen: list[tuple[bool, float]], wanted: Pattern) -> bool:
    """Whether the last spans are two periods of the pattern, from whichever of its changes on."""
    period = _period(TICKS[wanted])
    count = PERIODS * len(period)
    recent = seen[-count:]
    turned = ((period[start:] + period[:start]) * PERIODS for start in range(len(period)))
    return len(recent) == count and any(_equal(recent, spans) for spans in turned)


def _equal(seen: list[tuple[bool, float]], wanted: list[tuple[bool, float]]) -> bool:
    return all(
        level == wanted_level and abs(length_s - wanted_s) < SLACK_S
        for (level, length_s), (wanted_level, wanted_s) in zip(seen, wanted, strict=True)
    )


def _period(ticks: str) -> list[tuple[bool, float]]:
    """`##.` as [(lit, 0.5), (dark, 0.25)]."""
    spans: list[tuple[bool, float]] = []
    for tick in ticks:
        level = tick == "#"
        before_s = spans.pop()[1] if spans and spans[-1][0] == level else 0.0
        spans.append((level, before_s + TICK_S))
    return spans
