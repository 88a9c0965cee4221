"""What is printed: the two codes of a card as text and as SVG, and the sheet of commands.

The SVGs are in millimetres, need no font of their own for the codes, and have no styles or scripts, so
that they stand in a page under a strict content policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import segno
from barcode.codex import Code128

from kanban_hub.labels import mh10
from kanban_hub.labels.check import checked

CARD_MM = (105, 74)
"""A7 across, as it fits card holders and laminating pouches."""
SHEET_MM = (210, 297)
QUIET_MODULES = 10
"""ISO/IEC 15417, 4.4.4: ten modules before and after a Code 128."""
MODULE_MOST_MM = 0.5
_MARGIN_MM = 5
_LETTER = 0.6
"""How wide a letter of a sans-serif is, of its size: long names are written smaller."""


@dataclass(frozen=True)
class PrintedCard:
    """What stands on a card. `quantity` in pieces; `lot` only on the label of one filling."""

    card: str
    item: str
    item_name: str
    quantity: int
    supplier: str
    consumer: str
    lot: str | None = None

    @property
    def qr_text(self) -> str:
        """The envelope of ISO/IEC 15434 with kanban number, item, quantity and lot."""
        fields = [(mh10.KANBAN, self.card.upper()), ("P", self.item.upper()), ("Q", str(self.quantity))]
        return mh10.written(fields + ([("1T", self.lot)] if self.lot else []))

    @property
    def bars_text(self) -> str:
        """The number with its check characters, for Code 128."""
        return checked(self.card)


def card_svg(card: PrintedCard) -> str:
    """One card: the QR code, who gets what from whom, and the bars with their number below."""
    width, height = CARD_MM
    lot = f" · lot {card.lot}" if card.lot else ""
    lines = [
        _text(42, 14, 7, card.item_name),
        _text(42, 24, 6, f"{card.quantity} pieces{lot}"),
        _text(42, 33, 5, f"{card.supplier} → {card.consumer}"),
        _text(42, 41, 5, card.item.upper()),
    ]
    codes = [qr(card.qr_text, _MARGIN_MM, _MARGIN_MM, 34), bars(card.bars_text, _MARGIN_MM, 47, width - 10)]
    return _svg(width, height, [*codes, *lines, _text(_MARGIN_MM + 5, height - 3, 5, card.bars_text)])


def sheet_svg(commands: Iterable[tuple[str, str]]) -> str:
    """The sheet of commands, A4: pairs of code and what it does, each as bars."""
    width, height = SHEET_MM
    parts: list[str] = []
    for place, (code, does) in enumerate(commands):
        y = 20 + place * 60
        parts += [_text(20, y + 8, 9, does), bars(code, 15, y + 12, 120), _text(20, y + 39, 5, code)]
    return _svg(width, height, parts)


def qr(text: str, x: float, y: float, side: float) -> str:
    """`text` as a QR code, `side` mm wide with its quiet zone. A print that is a little damaged is read."""
    code = segno.make_qr(text, error="m")
    inside = code.svg_inline(omitsize=True, svgclass=None, lineclass=None)
    return inside.replace("<svg ", f'<svg x="{x}" y="{y}" width="{side}" height="{side}" ', 1)


def bars(text: str, x: float, y: float, width: float) -> str:
    """`text` as Code 128, 20 mm high and at most `width` mm wide with its quiet zones."""
    modules = Code128(text).build()[0]
    module_mm = min(MODULE_MOST_MM, width / (len(modules) + 2 * QUIET_MODULES))
    path = "".join(f"M{QUIET_MODULES + at} 0h1v20h-1z" for at, bar in enumerate(modules) if bar == "1")
    # Neighbouring modules are one bar: without crisp edges a hair's breadth of white comes between them.
    return (
        f'<path transform="translate({x} {y}) scale({module_mm:.4f} 1)" shape-rendering="crispEdges" '
        f'd="{path}"/>'
    )


def _text(x: float, y: float, most: float, text: str) -> str:
    size = round(min(most, (CARD_MM[0] - _MARGIN_MM - x) / (_LETTER * max(1, len(text)))), 2)
    return f'<text x="{x}" y="{y}" font-size="{size}" font-family="sans-serif">{escape(text)}</text>'


def _svg(width: float, height: float, parts: list[str]) -> str:
    frame = f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"'
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{ground}{"".join(parts)}</svg>'
