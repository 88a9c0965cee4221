"""A line as large as a word, to be read with the number beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 96.0, 24.0
_EDGE = 2.0


@dataclass(frozen=True)
class Spark:
    """`path` is one of SVG; `last` is where its end is marked. `text` says what it shows."""

    path: str
    last: tuple[float, float]
    text: str


def spark(values: Sequence[float], text: str) -> Spark:
    """Two values at least, in their order; the foot is 0, or the lowest below it."""
    low, high = min(0.0, *values), max(values)
    reach = (high - low) or 1.0
    points = [
        (
            _EDGE + n / (len(values) - 1) * (WIDTH - 2 * _EDGE),
            HEIGHT - _EDGE - (value - low) / reach * (HEIGHT - 2 * _EDGE),
        )
        for n, value in enumerate(values)
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return Spark(path, (round(points[-1][0], 1), round(points[-1][1], 1)), text)
