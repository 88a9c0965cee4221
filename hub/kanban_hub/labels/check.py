"""The check characters of a printed card number: ISO/IEC 7064, MOD 1271-36, two characters of 0-9 and A-Z.

Of the systems of ISO/IEC 7064 for numbers with letters, MOD 37,36 misses some swaps of neighbours, and
MOD 37-2 needs `*`, which keyboard layouts have in different places. MOD 1271-36 finds every wrong
character and every swap, lets 1 of 1,271 random misreadings through where one character lets 1 of 37,
and needs nothing but letters and digits.

Printed, the hyphens of the number are dots: `BRACKET.0003.N3`. A scanner that acts as a keyboard sends
key positions, and the hyphen's is another character on German (ß) and Czech (=) keyboards; the dot's is
the same on US, British, German and Czech ones. No card number has a dot, so that a number with dots
always has check characters, and one with hyphens never.
"""

import re

from kanban_hub.labels.errors import WrongCheckError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ."
"""The standard's values of 0-9 and A-Z. The dot is 36, so that a dot in the wrong place is found too."""
RADIX = 36
MODULUS = 1271

_CHECKED = re.compile(r"([A-Z0-9.]{1,32}\.[0-9]{4,6}\.)([0-9A-Z]{2})")


def check_characters(text: str) -> str:
    """The two characters that make `text`, of `ALPHABET` only, congruent to 1 (ISO/IEC 7064, pure)."""
    total = 0
    for character in text:
        total = (total + ALPHABET.index(character)) * RADIX % MODULUS
    missing = (1 - total * RADIX) % MODULUS
    return ALPHABET[missing // RADIX] + ALPHABET[missing % RADIX]


def checked(card: str) -> str:
    """The printed form of the number `card`: `bracket-0003` is `BRACKET.0003.N3`."""
    text = card.upper().replace("-", ".") + "."
    return text + check_characters(text)


def is_checked(code: str) -> bool:
    """Whether `code` has the printed form, with right or wrong check characters."""
    return "-" not in code and _CHECKED.fullmatch(code.upper()) is not None


def card_of(code: str) -> str:
    """The card number in the printed form `code`. Raises `WrongCheckError`, and never takes a near match."""
    found = _CHECKED.fullmatch(code.upper())
    if found is None or check_characters(found[1]) != found[2]:
        raise WrongCheckError(code)
    return found[1][:-1].replace(".", "-").lower()
