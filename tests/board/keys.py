"""What a scanner that is a keyboard types for a code, as QEMU names the keys."""

HOLD_MS = 5
STROKE_S = 0.02
NAMED = {"-": "minus", "\n": "ret", ".": "dot", "/": "slash", " ": "spc"}
SHIFTED = {":": "semicolon", "+": "equal", "_": "minus"}


def strokes(text: str) -> list[list[dict[str, str]]]:
    """One chord a character, on an American keyboard, which is what scanners are delivered as."""
    return [[{"type": "qcode", "data": key} for key in _chord(character)] for character in text]


def _chord(character: str) -> list[str]:
    if character in SHIFTED:
        return ["shift", SHIFTED[character]]
    if character.isupper():
        return ["shift", character.lower()]
    return [NAMED.get(character, character)]
