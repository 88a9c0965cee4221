"""A page of SVG in millimetres: lines, shapes and text, with a title and a description for who cannot see it.

Text stays text, so that it is read aloud, searched and found.
schemdraw was tried: it draws circuits, but gives no title or description, no page of a size, and no header
with wires to both sides that keep apart. What it has over this file are the symbols; a station needs nine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypedDict, Unpack
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]

BLACK = "#000"
GREY = "#6b6b6b"
WHITE = "#fff"

A4_MM = (210.0, 297.0)
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"


class Letters(TypedDict, total=False):
    """How a text is written; 2.7 mm, in the middle, black where nothing is said."""

    size: float
    anchor: Literal["start", "middle", "end"]
    colour: str
    bold: bool


class Sheet:
    """Collects what is drawn, in the order of the calls: later lies above earlier."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def line(self, *points: Point, colour: str = BLACK, width: float = 0.4, dashed: bool = False) -> None:
        path = " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)
        dash = ' stroke-dasharray="1.6 1"' if dashed else ""
        self._add(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{_mm(width)}"{dash}/>'
        )

    def rect(
        self, corner: Point, size: Point, colour: str = BLACK, fill: str = WHITE, round_: float = 0
    ) -> None:
        (x, y), (width, height) = corner, size
        self._add(
            f'<rect x="{_mm(x)}" y="{_mm(y)}" width="{_mm(width)}" height="{_mm(height)}" rx="{_mm(round_)}"'
            f' fill="{fill}" stroke="{colour}" stroke-width="0.4"/>'
        )

    def polygon(self, *points: Point, colour: str = BLACK, fill: str = WHITE) -> None:
        path = " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)
        self._add(f'<polygon points="{path}" fill="{fill}" stroke="{colour}" stroke-width="0.4"/>')

    def circle(self, centre: Point, radius: float, colour: str = BLACK, fill: str = WHITE) -> None:
        x, y = centre
        self._add(
            f'<circle cx="{_mm(x)}" cy="{_mm(y)}" r="{_mm(radius)}" fill="{fill}" stroke="{colour}"'
            ' stroke-width="0.4"/>'
        )

    def text(self, at: Point, text: str, **letters: Unpack[Letters]) -> None:
        """Write `text` with its base line at `at`."""
        size, anchor = letters.get("size", 2.7), letters.get("anchor", "middle")
        weight = ' font-weight="bold"' if letters.get("bold") else ""
        self._add(
            f'<text x="{_mm(at[0])}" y="{_mm(at[1])}" font-size="{_mm(size)}" text-anchor="{anchor}"'
            f' fill="{letters.get("colour", BLACK)}"{weight}>{escape(text)}</text>'
        )

    @contextmanager
    def group(self, title: str) -> Iterator[None]:
        """What is drawn within is one thing with a name of its own."""
        self._add(f"<g><title>{escape(title)}</title>")
        yield
        self._add("</g>")

    def svg(self, title: str, description: str, height: float) -> str:
        """The page as A4 upright; what is higher than A4 is drawn smaller."""
        width_mm, height_mm = A4_MM
        scale = max(1.0, height / height_mm)
        width, height = width_mm * scale, height_mm * scale
        left = (width_mm - width) / 2
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_mm(width_mm)}mm" height="{_mm(height_mm)}mm"'
            f' viewBox="{_mm(left)} 0 {_mm(width)} {_mm(height)}" role="img"'
            f' aria-labelledby="title description" font-family={quoteattr(FONT)}>'
            f'\n<title id="title">{escape(title)}</title>'
            f'\n<desc id="description">{escape(description)}</desc>'
            f'\n<rect x="{_mm(left)}" width="{_mm(width)}" height="{_mm(height)}" fill="{WHITE}"/>'
        )
        return "\n".join([head, *self._parts, "</svg>\n"])

    def _add(self, part: str) -> None:
        self._parts.append(part)


def _mm(value: float) -> str:
    """Hundredths of a millimetre: shorter, and equal on every machine."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
