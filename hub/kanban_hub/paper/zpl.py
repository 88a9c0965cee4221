"""Drawings in ZPL II, the language of label printers (Zebra, and most others understand it).

Text is UTF-8 (`^CI28`), each field written with `^FH`, so that no name can be a command. Codes are the
printer's own, which are sharp at every resolution. Text that does not fit was cut when it was laid out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from kanban_hub.paper.code import BARS_QUIET, MODULE_LEAST_MM, QR_QUIET, bars_modules, qr_modules
from kanban_hub.paper.shape import Area, Bars, Drawing, Line, Qr, Shape, Text

DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
"""By the resolution that the maker names; what the heads really have."""
_QR_MOST = 10
"""`^BQ` magnifies by 1 to 10."""
_BARS_MOST = 10
"""`^BY` takes bars of 1 to 10 dots."""
_OWN_FONT = "0"
_KEPT = frozenset(range(0x20, 0x7F)) - {ord("^"), ord("~"), ord("_"), ord("\\")}


@dataclass(frozen=True)
class Media:
    """What a printer prints with. `font` is a font of the printer's own memory, such as `E:ARIALUNI.TTF`,
    for letters that its built-in one lacks.
    """

    dpi: int = 203
    font: str = ""

    @property
    def dots(self) -> int:
        return DOTS_PER_MM[self.dpi]


def zpl(drawing: Drawing, media: Media, copies: int = 1) -> str:
    """One label, printed `copies` times."""
    dots = media.dots
    size = f"^PW{round(drawing.width * dots)}^LL{round(drawing.height * dots)}"
    fields = "".join(_DRAWN[type(shape)](media, shape) for shape in drawing.shapes)
    return f"^XA^CI28^LH0,0{size}{fields}^PQ{copies}^XZ\n"


def _escaped(data: str) -> str:
    """Each byte that could be read as a command, or that is none of ASCII's, as `_` and two hex digits."""
    return "".join(chr(byte) if byte in _KEPT else f"_{byte:02X}" for byte in data.encode())


def _text(media: Media, text: Text) -> str:
    """`^FT` places the baseline, as everywhere else; `^A` takes height and width of a letter."""
    high = max(10, round(text.size * media.dots))
    font = f"^A@N,{high},{high},{media.font}" if media.font else f"^A{_OWN_FONT}N,{high},{high}"
    place = f"^FT{round(text.x * media.dots)},{round(text.y * media.dots)}"
    return f"{place}{font}^FH_^FD{_escaped(text.text)}^FS\n"


def _line(media: Media, line: Line) -> str:
    weight = max(1, round(line.weight * media.dots))
    width, height = round((line.to_x - line.x) * media.dots), round((line.to_y - line.y) * media.dots)
    return _box(media, line.x, line.y, (max(weight, width), max(weight, height), weight))


def _area(media: Media, area: Area) -> str:
    width, height = max(1, round(area.width * media.dots)), max(1, round(area.height * media.dots))
    return _box(media, area.x, area.y, (width, height, min(width, height)))


def _box(media: Media, x: float, y: float, size: tuple[int, int, int]) -> str:
    return f"^FO{round(x * media.dots)},{round(y * media.dots)}^GB{size[0]},{size[1]},{size[2]}^FS\n"


def _qr(media: Media, code: Qr) -> str:
    """The printer draws no quiet zone, and moves a QR code down by the height of the last bars (`^BY`)."""
    modules = qr_modules(code.text)
    times = min(_QR_MOST, max(1, int(code.side * media.dots / modules)))
    quiet = (code.side - (modules - 2 * QR_QUIET) * times / media.dots) / 2
    command = f"^BY2,3,1^BQN,2,{times}"
    place = f"^FO{round((code.x + quiet) * media.dots)},{round((code.y + quiet) * media.dots)}"
    return f"{place}{command}^FH_^FDMA,{_escaped(code.text)}^FS\n"


def _bars(media: Media, code: Bars) -> str:
    """`A`: the printer chooses among the subsets of Code 128, as the other drawings do."""
    width = int(code.width * media.dots / bars_modules(code.text))
    least = round(MODULE_LEAST_MM * media.dots)
    module = min(_BARS_MOST, max(least, width, 1))
    left = (code.width * media.dots - bars_modules(code.text) * module) / 2 + BARS_QUIET * module
    place = f"^FO{round(code.x * media.dots + max(0.0, left))},{round(code.y * media.dots)}"
    command = f"^BY{module},3,{round(code.height * media.dots)}^BCN,,N,N,N,A"
    return f"{place}{command}^FH_^FD{_escaped(code.text)}^FS\n"


_DRAWN: dict[type[Shape], Callable[[Media, Any], str]] = {
    Text: _text,
    Line: _line,
    Area: _area,
    Qr: _qr,
    Bars: _bars,
}


def job(drawings: list[Drawing], media: Media, copies: int = 1) -> bytes:
    """All labels one after another, as they are sent to the printer."""
    return "".join(map(partial(zpl, media=media, copies=copies), drawings)).encode("ascii")
