"""Text in a box: as large as it fits, in several lines where it may, cut where it must. Never beside it."""

import re
from dataclasses import dataclass

from kanban_hub.paper.letters import ASCENT, width_em
from kanban_hub.paper.shape import Text

LINE = 1.2
"""From one baseline to the next, of the size."""
_SHRINK = 0.94
_CUT = "…"
# Where a line may end: after blanks, hyphens and slashes, and around signs that stand for words.
_SIGNS = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_SIGNS}]|[^\s/{_SIGNS}-]+[-/]*\s*|[-/]+\s*|\s+")


@dataclass(frozen=True)
class Row:
    """A text of the column, at most `size` mm high and never below `least`, in at most `lines` lines."""

    text: str
    size: float
    lines: int = 1
    is_bold: bool = False
    is_data: bool = True
    least: float = 1.8


def fitted(row: Row, width: float) -> tuple[float, list[str]]:
    """The size and the lines of `row` in a column of `width`. What does not fit is cut and says so."""
    size = row.size
    while True:
        lines = _wrapped(row.text, width / size, is_bold=row.is_bold)
        is_whole = len(lines) <= row.lines
        if is_whole and all(width_em(line, is_bold=row.is_bold) <= width / size for line in lines):
            return size, lines
        if size <= row.least:
            return size, lines if is_whole else _cut(lines, row, width / size)
        size = max(row.least, size * _SHRINK)


def stacked(rows: list[Row], x: float, y: float, width: float, height: float) -> list[Text]:
    """`rows` below one another in a box. Where they are too high together all are written smaller."""
    scale = 1.0
    while True:
        texts, used = _stack([_scaled(row, scale) for row in rows], x, y, width)
        if used <= height or scale < 0.2:  # noqa: PLR2004  # no box of a form is so low
            return [text for text in texts if text.y <= y + height]
        scale *= _SHRINK


def _stack(rows: list[Row], x: float, y: float, width: float) -> tuple[list[Text], float]:
    texts: list[Text] = []
    top = y
    for row in rows:
        size, lines = fitted(row, width)
        is_data = row.is_data or len(lines) > 1
        for line in lines:
            wide = min(width, width_em(line, is_bold=row.is_bold) * size)
            texts.append(Text(x, top + ASCENT * size, size, wide, line, row.is_bold, is_data))
            top += LINE * size
    return texts, top - y


def _scaled(row: Row, scale: float) -> Row:
    size = row.size * scale
    return Row(row.text, size, row.lines, row.is_bold, row.is_data, min(row.least, size))


def _wrapped(text: str, most_em: float, *, is_bold: bool) -> list[str]:
    """The lines of `text`, none wider than `most_em` of its size unless one letter is."""
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and width_em((line + piece).rstrip(), is_bold=is_bold) > most_em:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while width_em(line.rstrip(), is_bold=is_bold) > most_em:
            head = _head(line, most_em, is_bold=is_bold)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _head(text: str, most_em: float, *, is_bold: bool) -> str:
    """As much of a long word as fits, at least one letter."""
    end = 1
    while end < len(text) and width_em(text[: end + 1], is_bold=is_bold) <= most_em:
        end += 1
    return text[:end]


def _cut(lines: list[str], row: Row, most_em: float) -> list[str]:
    last = lines[row.lines - 1]
    while last and width_em(last + _CUT, is_bold=row.is_bold) > most_em:
        last = last[:-1]
    return [*lines[: row.lines - 1], last.rstrip() + _CUT]
