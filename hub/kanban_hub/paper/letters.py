"""How wide text is, and in which of the fonts each letter stands.

Printed is Atkinson Hyperlegible Next: it was drawn so that 0 and O, 1, I and l are told apart, and a number
that a scanner cannot read is typed in by a person. The same file is measured, put into the PDF, and used by
the pages. It has the Latin letters of all Europe. Han, kana, hangul and Cyrillic stand in the PDF in the
Asian fonts that PDF readers bring (ISO 32000-1, 9.7.5.2: predefined CMaps): nothing has to be installed on
the hub and the file stays small. What neither has is drawn by a browser only.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "web/static/vendor/atkinson-hyperlegible-next-2.001"
FILES = {
    False: _FOLDER / "AtkinsonHyperlegibleNext_400Regular.ttf",
    True: _FOLDER / "AtkinsonHyperlegibleNext_700Bold.ttf",
}
ASCENT, DESCENT = 0.95, 0.25
"""Above and below the baseline, of the size."""
_NARROW, _WIDE = 0.62, 1.0
_PER_EM = 1000


class Script(StrEnum):
    """Which font has a letter."""

    OWN = "own"
    CHINESE = "chinese"  # Han, kana, Cyrillic
    KOREAN = "korean"
    NONE = "none"


_ASIAN = ((Script.CHINESE, "gbk"), (Script.KOREAN, "euc_kr"))


@dataclass(frozen=True)
class Run:
    """Neighbouring letters of one font. `width` in ems."""

    text: str
    script: Script
    width: float


def runs(text: str, *, is_bold: bool = False) -> list[Run]:
    """`text` in pieces of one font each."""
    found = []
    for script, signs in groupby(text, key=lambda sign: _script(sign, is_bold=is_bold)):
        part = "".join(signs)
        found.append(Run(part, script, sum(_width(sign, is_bold=is_bold) for sign in part)))
    return found


def width_em(text: str, *, is_bold: bool = False) -> float:
    """How wide `text` is, of its size."""
    return sum(_width(sign, is_bold=is_bold) for sign in text)


def unprintable(text: str) -> str:
    """The letters of `text` that no PDF of ours can have."""
    return "".join(dict.fromkeys(sign for sign in text if _script(sign, is_bold=False) is Script.NONE))


@cache
def font(*, is_bold: bool) -> Any:
    """The font as it goes into a PDF."""
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  # the programs that draw nothing start faster

    return TTFont("Sheet-Bold" if is_bold else "Sheet", str(FILES[is_bold]))


@cache
def _script(sign: str, *, is_bold: bool) -> Script:
    if ord(sign) in font(is_bold=is_bold).face.charWidths:
        return Script.OWN
    for script, encoding in _ASIAN:
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        return script
    return Script.NONE


@cache
def _width(sign: str, *, is_bold: bool) -> float:
    known = font(is_bold=is_bold).face.charWidths.get(ord(sign))
    if known is not None:
        return float(known) / _PER_EM
    if unicodedata.combining(sign):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0xFFFF else _NARROW  # noqa: PLR2004
