"""What a drawing is made of, in millimetres from its upper left corner. Page, PDF and label printer draw
the same shapes, so that all three look the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Lack(StrEnum):
    """What had no place on a drawing, or is so fine that it is hardly read."""

    BARS = "bars"
    QR = "qr"


@dataclass(frozen=True)
class Text:
    """One line of text, its baseline at `y`. `width` is what it takes: whoever draws it makes it so wide.

    `is_data`: a name, a number, or a piece of a sentence, which no translator should take for a text.
    """

    x: float
    y: float
    size: float
    width: float
    text: str
    is_bold: bool = False
    is_data: bool = True


@dataclass(frozen=True)
class Line:
    """A stroke, dashed where something is folded."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float = 0.2
    is_dashed: bool = False


@dataclass(frozen=True)
class Area:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Qr:
    """A QR code of `side` with its quiet zone."""

    x: float
    y: float
    side: float
    text: str


@dataclass(frozen=True)
class Bars:
    """A Code 128 in `width` with its quiet zones."""

    x: float
    y: float
    width: float
    height: float
    text: str


Shape = Text | Line | Area | Qr | Bars


@dataclass(frozen=True)
class Drawing:
    """Shapes on a ground of this size, in mm."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    lacks: tuple[Lack, ...] = field(default=(), compare=False)


def moved(shapes: Iterable[Shape], x: float, y: float) -> tuple[Shape, ...]:
    """`shapes`, further right by `x` and down by `y`."""
    return tuple(_moved(shape, x, y) for shape in shapes)


def _moved(shape: Shape, x: float, y: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, x=shape.x + x, y=shape.y + y, to_x=shape.to_x + x, to_y=shape.to_y + y)
    return replace(shape, x=shape.x + x, y=shape.y + y)
