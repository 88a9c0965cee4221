"""The answer of a formula: the figure, and the way to it as a supervisor reads it."""

import math
from dataclasses import dataclass
from enum import StrEnum

# Products of decimal fractions miss whole numbers by less than this; no container is smaller.
_DIGITS = 9
_DIGITS_SHOWN = 4


class Unit(StrEnum):
    CARDS = "cards"
    PIECES = "pieces"


@dataclass(frozen=True)
class Figure:
    """`exact` is what the formula gives, `figure` is it rounded up. `arithmetic` shows both."""

    exact: float
    figure: int
    unit: Unit
    arithmetic: str


def cards(calculation: str, exact: float) -> Figure:
    """A number of cards: rounded up, because part of a container starves; one at least."""
    return _figure(calculation, exact, max(1, ceiling(exact)), Unit.CARDS)


def pieces(calculation: str, exact: float, multiple: int = 1) -> Figure:
    """A number of pieces, rounded up to a whole `multiple`."""
    return _figure(calculation, exact, ceiling(exact / multiple) * multiple, Unit.PIECES)


def ceiling(value: float) -> int:
    """Rounded up; 4.000000000001, which floating point makes of 4, is 4."""
    return math.ceil(round(value, _DIGITS))


def told(value: float) -> str:
    """A number for people: four digits that count, one decimal at least kept of large ones, no end zeros."""
    size = math.floor(math.log10(abs(value))) if value else 0
    return f"{value:.{max(1, _DIGITS_SHOWN - 1 - size)}f}".rstrip("0").rstrip(".")


def counted(number: int, word: str) -> str:
    """`1 card`, `2 cards`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def per_hour(value: float) -> str:
    return f"{told(value)} pieces/h"


def hours(value: float) -> str:
    return f"{told(value)} h"


def _figure(calculation: str, exact: float, figure: int, unit: Unit) -> Figure:
    rounded = "" if told(exact) == str(figure) else f" → {figure}"
    return Figure(exact, figure, unit, f"{calculation} = {told(exact)}{rounded}")
