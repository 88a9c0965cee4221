"""The face of a card, laid out for any size: codes, what, how many, from whom to whom, and the number."""

from dataclasses import dataclass
from enum import StrEnum

from kanban_hub.labels import mh10
from kanban_hub.labels.check import checked
from kanban_hub.labels.link import link
from kanban_hub.paper.code import (
    BARS_QUIET,
    MODULE_LEAST_MM,
    MODULE_MOST_MM,
    QR_MODULE_LEAST_MM,
    QR_QUIET,
    bars_modules,
    qr_modules,
)
from kanban_hub.paper.fitting import LINE, Row, stacked
from kanban_hub.paper.form import Form
from kanban_hub.paper.shape import Bars, Drawing, Lack, Line, Qr, Shape, moved

TURNED_FROM = 1.15
"""From this width to height on the codes stand beside the text, else above it."""


class QrContent(StrEnum):
    """What the QR code says. Bars always say the number."""

    LINK = "link"  # the card's page at the hub, for phones and scanners
    NUMBER = "number"  # the number alone
    DATA = "data"  # the data identifiers of ANSI MH10.8.2, for other systems
    BOTH = "both"  # a link, and beside it the data identifiers


@dataclass(frozen=True)
class Words:
    """What stands on a card in the language of its readers. Empty ones are left out."""

    quantity: str
    loop: str = ""
    lot: str = ""
    kind: str = ""
    use: str = ""  # on the back: what to do with the card
    found: str = ""  # on the back: where it belongs


@dataclass(frozen=True)
class Face:
    """What stands on a card. `quantity` in pieces; `lot` only on the label of one filling."""

    card: str
    item: str
    item_name: str
    quantity: int
    supplier: str
    consumer: str
    words: Words
    lot: str | None = None

    @property
    def number(self) -> str:
        """With its check characters: in the bars, and for people to type."""
        return checked(self.card)

    @property
    def data(self) -> str:
        """The envelope of ISO/IEC 15434 with kanban number, item, quantity and lot."""
        fields = [(mh10.KANBAN, self.card.upper()), ("P", self.item.upper()), ("Q", str(self.quantity))]
        return mh10.written(fields + ([("1T", self.lot)] if self.lot else []))

    def qr_texts(self, content: QrContent, address: str) -> list[str]:
        """The texts of its QR codes. `address` is where the hub is."""
        linked = link(address, self.card)
        return {
            QrContent.LINK: [linked],
            QrContent.NUMBER: [self.number],
            QrContent.DATA: [self.data],
            QrContent.BOTH: [linked, self.data],
        }[content]


@dataclass(frozen=True)
class _Room:
    """The measures that follow from a form."""

    width: float
    height: float

    @property
    def margin(self) -> float:
        return min(5.0, max(3.0, min(self.width, self.height) * 0.05))

    @property
    def inside(self) -> float:
        return self.width - 2 * self.margin

    @property
    def unit(self) -> float:
        """What letters are measured by: the height across, somewhat more than the width upright."""
        return self.height if self.is_across else self.width * 1.1

    @property
    def is_across(self) -> bool:
        return self.width >= self.height * TURNED_FROM


def front(face: Face, form: Form, content: QrContent, address: str = "") -> Drawing:
    """The side with the codes."""
    room = _Room(form.width, form.height)
    foot, foot_height, lacks = _foot(face, room)
    qrs = face.qr_texts(content, address)
    top_height = room.height - 2 * room.margin - foot_height
    body = _across(face, room, qrs, top_height) if room.is_across else _upright(face, room, qrs, top_height)
    sides = [(shape.side, shape.text) for shape in body if isinstance(shape, Qr)]
    if any(side / qr_modules(text) < QR_MODULE_LEAST_MM for side, text in sides):
        lacks = (*lacks, Lack.QR)
    return Drawing(form.width, form.height, (*body, *foot), lacks)


def back(face: Face, form: Form) -> Drawing:
    """The side for people: what it is from afar, what to do with it, where it belongs."""
    room = _Room(form.width, form.height)
    unit = room.unit
    rows = [
        Row(face.item_name, unit * 0.2, 2, is_bold=True),
        Row(face.item.upper(), unit * 0.1, 1),
        Row(face.words.use, unit * 0.075, 3, is_data=False),
        Row(face.words.found, unit * 0.075, 2, is_data=False),
        Row(face.number, unit * 0.09, 1, is_bold=True),
    ]
    box = (room.margin, room.margin, room.inside, room.height - 2 * room.margin)
    return Drawing(form.width, form.height, tuple(stacked([r for r in rows if r.text], *box)))


def folded(front_side: Drawing, back_side: Drawing) -> Drawing:
    """Both sides beside each other, to be folded in the middle and laminated."""
    width, height = front_side.width, front_side.height
    fold = Line(width, 0, width, height, is_dashed=True)
    shapes = (*back_side.shapes, *moved(front_side.shapes, width, 0), fold)
    return Drawing(width * 2, height, shapes, front_side.lacks)


def _foot(face: Face, room: _Room) -> tuple[list[Shape], float, tuple[Lack, ...]]:
    """Bars with the number below; the number alone where the bars would be too fine to read."""
    size = min(7.0, max(2.6, room.unit * 0.075))
    bottom = room.height - room.margin
    row = stacked([Row(face.number, size, is_bold=True)], room.margin, 0, room.inside, size * LINE)
    number = list(moved(row, 0, bottom - size * LINE))
    module = min(MODULE_MOST_MM, room.inside / bars_modules(face.number))
    if module < MODULE_LEAST_MM:
        return number, size * LINE, (Lack.BARS,)
    high = min(20.0, max(8.0, room.height * (0.2 if room.is_across else 0.13)))
    x = max(0.0, room.margin - BARS_QUIET * module)
    bars = Bars(x, bottom - size * LINE - high, module * bars_modules(face.number), high, face.number)
    return [bars, *number], size * LINE + high, ()


def _across(face: Face, room: _Room, qrs: list[str], high: float) -> list[Shape]:
    """Codes at the left, text at the right of them."""
    codes = _codes(room, qrs, min(high + room.margin, room.inside * (0.42 if len(qrs) == 1 else 0.29)))
    x = codes[-1].x + codes[-1].side
    box = (x, room.margin, room.width - room.margin - x, high - room.margin)
    return [*codes, *stacked(_rows(face, room.unit, 3), *box)]


def _upright(face: Face, room: _Room, qrs: list[str], high: float) -> list[Shape]:
    """Codes above, text below them; how many stands beside a single code."""
    codes = _codes(room, qrs, min((room.width - room.margin) / 2, high * 0.5))
    shapes: list[Shape] = [*codes]
    below = codes[0].y + codes[0].side
    rows = _rows(face, room.unit, 4)
    if len(qrs) == 1:
        beside = [row for row in rows if row.text in (face.words.quantity, face.words.kind)]
        x = codes[0].x + codes[0].side
        shapes += stacked(beside, x, room.margin, room.width - room.margin - x, below - room.margin)
        rows = [row for row in rows if row not in beside]
    box = (room.margin, below, room.inside, high + room.margin - below - room.margin / 2)
    return [*shapes, *stacked(rows, *box)]


def _codes(room: _Room, qrs: list[str], side: float) -> list[Qr]:
    """Codes side by side. The quiet zone of the first lies in the margin, as far as there is one."""
    quiet = QR_QUIET * side / min(map(qr_modules, qrs))
    x = y = max(0.0, room.margin - quiet)
    return [Qr(x + at * side, y, side, text) for at, text in enumerate(qrs)]


def _rows(face: Face, unit: float, lines: int) -> list[Row]:
    name, least = unit * 0.13, max(2.2, unit * 0.05)
    rows = [
        Row(face.item_name, name, lines, is_bold=True, least=least),
        Row(face.item.upper(), unit * 0.085),
        Row(face.words.quantity, unit * 0.11, is_bold=True, is_data=False),
        Row(face.words.kind, unit * 0.07, is_bold=True, is_data=False),
        Row(f"{face.supplier} » {face.consumer}", unit * 0.07, lines - 1, least=least * 0.9),
        Row(" · ".join(part for part in (face.words.loop, face.words.lot) if part), unit * 0.06),
    ]
    return [row for row in rows if row.text]
