"""What each key of a keyboard types, by the language that a scanner is set to.

A scanner that types sends keys, not letters: the key right of P is `[` on a keyboard of the United States
and `ü` on a German one. Key numbers are the kernel's, include/uapi/linux/input-event-codes.h; they name
places on the keyboard, so what this machine's own keyboard is set to makes no difference.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Key(NamedTuple):
    """What a key types alone, with shift, and with AltGr; nothing is an empty text."""

    plain: str
    shift: str = ""
    altgr: str = ""


# The places of a row's keys, from left to right.
NUMBER_ROW = (41, *range(2, 14))  # GRAVE, 1 … 0, MINUS, EQUAL
TOP_ROW = range(16, 28)  # Q … P, LEFTBRACE, RIGHTBRACE
HOME_ROW = (*range(30, 41), 43)  # A … L, SEMICOLON, APOSTROPHE, BACKSLASH
BOTTOM_ROW = (86, *range(44, 54))  # 102ND, Z … M, COMMA, DOT, SLASH
ROWS = (NUMBER_ROW, TOP_ROW, HOME_ROW, BOTTOM_ROW)

# A blank stands for a key that types nothing; the key left of Z is missing on a US keyboard.
_US = (
    ("`1234567890-=", "~!@#$%^&*()_+", ""),
    ("qwertyuiop[]", "QWERTYUIOP{}", ""),
    ("asdfghjkl;'\\", 'ASDFGHJKL:"|', ""),
    ("\\zxcvbnm,./", "|ZXCVBNM<>?", ""),
)
_DE = (
    ("^1234567890ß ", '°!"§$%&/()=? ', "  ²³   {[]}\\ "),
    ("qwertzuiopü+", "QWERTZUIOPÜ*", "@ €        ~"),
    ("asdfghjklöä#", "ASDFGHJKLÖÄ'", ""),
    ("<yxcvbnm,.-", ">YXCVBNM;:_", "|      µ   "),
)
_FR = (
    ("²&é\"'(-è_çà)=", " 1234567890°+", "  ~#{[|`\\^@]}"),
    ("azertyuiop $", "AZERTYUIOP £", "  €         "),
    ("qsdfghjklmù*", "QSDFGHJKLM%µ", ""),
    ("<wxcvbn,;:!", ">WXCVBN?./§", ""),
)

# The keypad types digits and signs alike in every language: scanners have number lock on.
_KEYPAD = dict(
    zip((71, 72, 73, 75, 76, 77, 79, 80, 81, 82, 55, 74, 78, 83, 98), "7894561230*-+./", strict=True)
)
_SPACE = 57


def _keys(rows: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[int, Key]]:
    for places, (plain, shift, altgr) in zip(ROWS, rows, strict=True):
        for place, *typed in zip(places, plain, shift, altgr or " " * len(places), strict=True):
            yield place, Key(*(letter.strip() for letter in typed))
    yield from ((place, Key(sign, sign, sign)) for place, sign in _KEYPAD.items())
    yield _SPACE, Key(" ", " ", " ")


KEYMAPS: dict[str, dict[int, Key]] = {
    name: dict(_keys(rows)) for name, rows in {"us": _US, "de": _DE, "fr": _FR}.items()
}
"""By the scanner's own setting. Most leave the factory as `us`, and `us` suits the Polish one too."""
