"""Round numbers and round times along an axis."""

from math import ceil, floor, log10

from kanban_hub.web.chart.picture import HEIGHT, WIDTH, Tick
from kanban_hub.web.instant import instant
from kanban_hub.web.numerals import numeral

_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000
_STEPS = (1.0, 2.0, 5.0, 10.0)
_TIMES_MS = (
    _HOUR_MS, 2 * _HOUR_MS, 4 * _HOUR_MS, 6 * _HOUR_MS, 12 * _HOUR_MS,
    _DAY_MS, 2 * _DAY_MS, 7 * _DAY_MS, 14 * _DAY_MS, 28 * _DAY_MS,
)  # fmt: skip
MOST = 6  # so many names still stand side by side on a phone


def step(most: float, *, about: int = 4, is_whole: bool = False) -> float:
    """The distance of ticks from 0 to `most`: 1, 2 or 5 times a power of ten. `most` is above 0."""
    raw = most / about
    power = 10.0 ** floor(log10(raw))
    found = next(power * one for one in _STEPS if power * one >= raw * (1 - 1e-9))
    return max(1.0, found) if is_whole else found


def top(most: float, *, is_whole: bool = False) -> float:
    """The least end of an axis on a tick that is not below `most`."""
    most = max(most, 1.0 if is_whole else 1e-9)
    each = step(most, is_whole=is_whole)
    return ceil(most / each - 1e-9) * each


def up(end: float, height: float = HEIGHT, *, is_whole: bool = False) -> tuple[Tick, ...]:
    """Ticks from the foot of the chart, which is 0, to its head, which is `end`."""
    return tuple(
        Tick(height - value / end * height, text) for value, text in _numbers(end, is_whole=is_whole)
    )


def across(end: float, *, is_whole: bool = False) -> tuple[Tick, ...]:
    """Ticks from 0 at the left to `end` at the right."""
    return tuple(Tick(value / end * WIDTH, text) for value, text in _numbers(end, is_whole=is_whole))


def times(from_ms: int, to_ms: int) -> tuple[Tick, ...]:
    """At most `MOST` round times between two instants, round in UTC."""
    length_ms = max(1, to_ms - from_ms)
    each_ms = next(
        (one for one in _TIMES_MS if length_ms / one <= MOST),
        _TIMES_MS[-1] * ceil(length_ms / MOST / _TIMES_MS[-1]),
    )
    form = "day" if each_ms >= _DAY_MS else "time"
    found = range(-(-from_ms // each_ms) * each_ms, to_ms + 1, each_ms)
    return tuple(_time(at_ms, (at_ms - from_ms) / length_ms * WIDTH, form) for at_ms in found)


def _time(at_ms: int, at: float, form: str) -> Tick:
    when = instant(at_ms)
    return Tick(at, f"{when:%m-%d}" if form == "day" else f"{when:%H:%M}", when, form)


def _numbers(end: float, *, is_whole: bool) -> list[tuple[float, str]]:
    each = step(end, is_whole=is_whole)
    digits = max(0, -floor(log10(each) + 1e-9))
    return [(n * each, numeral(n * each, digits)) for n in range(round(end / each) + 1)]
