"""What a scanner that types sends: the events of an input device, without the device."""

from kanban_hardware.keymap import KEYMAPS
from kanban_hardware.typist import KeyEvent as Key

ENTER, CAPS, SHIFT, ALTGR = 28, 58, 42, 100


REPORT = Key(0, 0, 0)
DROPPED = Key(0, 3, 0)


def down(code: int) -> Key:
    return Key(1, code, 1)


def up(code: int) -> Key:
    return Key(1, code, 0)


def typed(code: str, keymap: str = "us") -> list[Key]:
    """A code with Enter at its end, as a scanner set to this language types it."""
    events = [event for letter in code for event in _letter(letter, keymap)]
    return [*events, down(ENTER), up(ENTER)]


def _letter(letter: str, keymap: str) -> list[Key]:
    for place, key in KEYMAPS[keymap].items():
        for held, meant in (((), key.plain), ((SHIFT,), key.shift), ((ALTGR,), key.altgr)):
            if meant == letter:
                keys = (*held, place)
                return [*map(down, keys), REPORT, *map(up, reversed(keys)), REPORT]
    raise ValueError(letter)
