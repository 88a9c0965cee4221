"""Drawings as SVG: no styles, no scripts, so that they stand in a page under a strict content policy."""

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kanban_hub.paper.code import BARS_QUIET, QR_QUIET, Stretch, bars, bars_modules, qr_modules, qr_rows
from kanban_hub.paper.shape import Area, Bars, Drawing, Line, Qr, Shape, Text

FAMILY = "'Atkinson Hyperlegible Next', 'Liberation Sans', Arial, sans-serif"


def svg(drawing: Drawing, name: str = "") -> str:
    """`drawing` in its true size. `name` is told to those who do not see it."""
    width, height = _mm(drawing.width), _mm(drawing.height)
    role = f' role="group" aria-label={quoteattr(name)}' if name else ""
    frame = f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"{role}'
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    drawn = "".join(_DRAWN[type(shape)](shape) for shape in drawing.shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="{FAMILY}">{ground}{drawn}</svg>'


def _text(text: Text) -> str:
    """With `textLength` a line is as wide as it was measured, whatever font the reader has."""
    bold = ' font-weight="700"' if text.is_bold else ""
    data = ' translate="no"' if text.is_data else ""
    length = f' textLength="{_mm(text.width)}" lengthAdjust="spacingAndGlyphs"' if text.text else ""
    place = f'x="{_mm(text.x)}" y="{_mm(text.y)}" font-size="{_mm(text.size)}"'
    return f"<text {place}{length}{bold}{data}>{escape(text.text)}</text>"


def _line(line: Line) -> str:
    dashes = ' stroke-dasharray="2 1.5"' if line.is_dashed else ""
    ends = f'x1="{_mm(line.x)}" y1="{_mm(line.y)}" x2="{_mm(line.to_x)}" y2="{_mm(line.to_y)}"'
    return f'<line {ends} stroke="#000" stroke-width="{_mm(line.weight)}"{dashes}/>'


def _area(area: Area) -> str:
    return (
        f'<rect x="{_mm(area.x)}" y="{_mm(area.y)}" width="{_mm(area.width)}" height="{_mm(area.height)}"/>'
    )


def _qr(code: Qr) -> str:
    scale = code.side / qr_modules(code.text)
    path = "".join(_modules(row, QR_QUIET, QR_QUIET + y, 1) for y, row in enumerate(qr_rows(code.text)))
    return _path(path, code.x, code.y, scale, scale)


def _bars(code: Bars) -> str:
    path = _modules(bars(code.text), BARS_QUIET, 0, 1)
    return _path(path, code.x, code.y, code.width / bars_modules(code.text), code.height)


def _modules(row: tuple[Stretch, ...], left: int, top: int, high: int) -> str:
    return "".join(f"M{left + at} {top}h{many}v{high}h-{many}z" for at, many in row)


def _path(path: str, x: float, y: float, across: float, down: float) -> str:
    # Neighbouring modules are one: without crisp edges a hair's breadth of white comes between rows.
    place = f'transform="translate({_mm(x)} {_mm(y)}) scale({across:.5f} {down:.5f})"'
    return f'<path {place} shape-rendering="crispEdges" d="{path}"/>'


def _mm(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


_DRAWN: dict[type[Shape], Callable[[Any], str]] = {
    Text: _text,
    Line: _line,
    Area: _area,
    Qr: _qr,
    Bars: _bars,
}
