"""Drawings as a PDF, one a page, each page of the drawing's own size."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kanban_hub.paper.code import BARS_QUIET, QR_QUIET, Stretch, bars, bars_modules, qr_modules, qr_rows
from kanban_hub.paper.letters import Run, Script, font, runs
from kanban_hub.paper.shape import Area, Bars, Drawing, Line, Qr, Shape, Text

_MM = 72 / 25.4
_ASIAN = {Script.CHINESE: "STSong-Light", Script.KOREAN: "HYSMyeongJo-Medium"}
_INSTEAD = "□"
"""For a letter that no font of ours has; it is in the Chinese one."""


def pdf(drawings: Sequence[Drawing], title: str) -> bytes:
    """The file. The same drawings give the same bytes."""
    for is_bold in (False, True):
        pdfmetrics.registerFont(font(is_bold=is_bold))
    for name in _ASIAN.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    for drawing in drawings:
        canvas.setPageSize((drawing.width * _MM, drawing.height * _MM))
        # From here on in millimetres, and down from the upper left corner as everywhere else.
        canvas.transform(_MM, 0, 0, -_MM, 0, drawing.height * _MM)
        for shape in drawing.shapes:
            _DRAWN[type(shape)](canvas, shape)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _text(canvas: Canvas, text: Text) -> None:
    x = text.x
    measured = runs(text.text, is_bold=text.is_bold)
    whole = sum(run.width for run in measured) * text.size
    squeeze = text.width / whole if whole else 1.0
    for run in measured:
        _run(canvas, run, text, x, squeeze)
        x += run.width * text.size * squeeze


def _run(canvas: Canvas, run: Run, text: Text, x: float, squeeze: float) -> None:
    own = "Sheet-Bold" if text.is_bold else "Sheet"
    name = own if run.script is Script.OWN else _ASIAN.get(run.script, _ASIAN[Script.CHINESE])
    letters = _INSTEAD * len(run.text) if run.script is Script.NONE else run.text
    wide = pdfmetrics.stringWidth(letters, name, text.size)
    canvas.saveState()
    canvas.transform(1, 0, 0, -1, x, text.y)  # letters stand upright in a world that goes down
    line = canvas.beginText(0, 0)
    line.setFont(name, text.size)
    if wide:
        line.setHorizScale(100 * run.width * text.size * squeeze / wide)
    line.textOut(letters)
    canvas.drawText(line)
    canvas.restoreState()


def _line(canvas: Canvas, line: Line) -> None:
    canvas.setLineWidth(line.weight)
    canvas.setDash([2, 1.5] if line.is_dashed else [])
    canvas.line(line.x, line.y, line.to_x, line.to_y)


def _area(canvas: Canvas, area: Area) -> None:
    canvas.rect(area.x, area.y, area.width, area.height, stroke=0, fill=1)


def _qr(canvas: Canvas, code: Qr) -> None:
    module = code.side / qr_modules(code.text)
    rows = [
        (code.x + QR_QUIET * module, code.y + row * module, stretches)
        for row, stretches in enumerate(qr_rows(code.text), QR_QUIET)
    ]
    _modules(canvas, rows, module, module)


def _bars(canvas: Canvas, code: Bars) -> None:
    module = code.width / bars_modules(code.text)
    _modules(canvas, [(code.x + BARS_QUIET * module, code.y, bars(code.text))], module, code.height)


def _modules(
    canvas: Canvas, rows: list[tuple[float, float, tuple[Stretch, ...]]], width: float, height: float
) -> None:
    """Rows of modules from their left ends, as one path: neighbours then have no seam between them."""
    path = canvas.beginPath()
    for x, y, row in rows:
        for at, many in row:
            path.rect(x + at * width, y, many * width, height)
    canvas.drawPath(path, stroke=0, fill=1)


_DRAWN: dict[type[Shape], Callable[[Canvas, Any], None]] = {
    Text: _text,
    Line: _line,
    Area: _area,
    Qr: _qr,
    Bars: _bars,
}
