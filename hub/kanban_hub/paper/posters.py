"""What hangs beside a station: the sheet of command codes, and the label that says which station it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from kanban_hub.paper.code import BARS_QUIET, MODULE_MOST_MM, bars_modules
from kanban_hub.paper.fitting import Row, stacked
from kanban_hub.paper.form import Form, Paper
from kanban_hub.paper.shape import Bars, Drawing, Line, Qr, Shape

_MARGIN_MM = 15.0
_QR_MM = 42.0
_BARS_MM = 18.0


@dataclass(frozen=True)
class Command:
    """A code of the sheet, what it does in a word, and how it is used in a sentence."""

    code: str
    word: str
    use: str


@dataclass(frozen=True)
class StationLabel:
    """`codes` are pairs of what a QR code leads to in words, and its text."""

    name: str
    id: str
    codes: tuple[tuple[str, str], ...]


def command_sheet(title: str, commands: Sequence[Command], paper: Paper) -> Drawing:
    """The commands below one another, each as QR code and as bars, with its words."""
    inside = paper.width - 2 * _MARGIN_MM
    shapes: list[Shape] = [*stacked([Row(title, 9, is_bold=True, is_data=False)], _MARGIN_MM, 12, inside, 12)]
    top, high = 32.0, (paper.height - 32 - 12) / len(commands)
    for place, command in enumerate(commands):
        y = top + place * high
        shapes += [Line(_MARGIN_MM, y, paper.width - _MARGIN_MM, y), *_command(command, y, inside)]
    return Drawing(paper.width, paper.height, tuple(shapes))


def station_label(label: StationLabel, form: Form) -> Drawing:
    """The station's name, and codes that a phone opens."""
    margin = max(3.0, min(form.width, form.height) * 0.06)
    inside = form.width - 2 * margin
    gap = margin * 0.6
    rows = [Row(label.name, form.height * 0.16, 2, is_bold=True, least=3), Row(label.id, form.height * 0.08)]
    head = form.height * 0.29
    shapes: list[Shape] = [*stacked(rows, margin, margin, inside, head)]
    many = len(label.codes)
    caption = form.height * 0.13
    side = min((inside - gap * (many - 1)) / many, form.height - 2 * margin - head - caption - gap)
    across = (inside + gap) / many
    y = margin + head + gap
    for at, (words, text) in enumerate(label.codes):
        x = margin + at * across
        shapes.append(Qr(x, y, side, text))
        row = Row(words, form.height * 0.06, 2, is_data=False)
        shapes += stacked([row], x, y + side, across - gap, caption)
    return Drawing(form.width, form.height, tuple(shapes))


def _command(command: Command, y: float, inside: float) -> list[Shape]:
    rows = [
        Row(command.word, 10, is_bold=True, is_data=False),
        Row(command.use, 5.5, 2, is_data=False),
        Row(command.code, 4),
    ]
    x = _MARGIN_MM + _QR_MM + 6
    width = inside - _QR_MM - 6
    module = min(MODULE_MOST_MM, width / bars_modules(command.code))
    bars_x = x - BARS_QUIET * module
    return [
        Qr(_MARGIN_MM - 3, y + 5, _QR_MM, command.code),
        *stacked(rows, x, y + 5, width, 30),
        Bars(bars_x, y + 37, module * bars_modules(command.code), _BARS_MM, command.code),
    ]
