"""Text in a drawing does not wrap by itself: its width is guessed, and lines are made of it.

The guess is that of common sans-serif fonts and errs to the wide side; nothing hangs on a pixel.
"""

from unicodedata import east_asian_width

_NARROW, _WIDE_LETTERS = set("iljtfrI.,:;'|!()[]- "), set("mwMW@%")
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """Pixels that `text` takes at a font size of `size` pixels."""
    return size * sum(_em(letter) for letter in text)


def lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """`text` in at most so many lines, each within `room` pixels; what does not fit ends in `…`."""
    found: list[str] = [""]
    for word in _pieces(text, size, room):
        joined = f"{found[-1]} {word}".strip()
        if width(joined, size) <= room:
            found[-1] = joined
        else:
            found.append(word)
    kept = [line for line in found if line] or [""]
    if len(kept) <= most:
        return tuple(kept)
    return (*kept[: most - 1], _cut(" ".join(kept[most - 1 :]), size, room))


def _pieces(text: str, size: float, room: float) -> list[str]:
    """The words; one that is too long for a line, or of a script without blanks, in parts."""
    found: list[str] = []
    for word in text.split():
        rest = word
        while width(rest, size) > room:
            fitting = max(1, sum(1 for at in range(1, len(rest)) if width(rest[:at], size) <= room))
            found.append(rest[:fitting])
            rest = rest[fitting:]
        found.append(rest)
    return found


def _cut(text: str, size: float, room: float) -> str:
    while text and width(text + ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _em(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.4
    if letter in _WIDE_LETTERS:
        return 1.0
    return 0.75 if letter.isupper() else 0.66
