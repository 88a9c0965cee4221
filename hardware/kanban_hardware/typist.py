"""Keys of a scanner that types, in; the bytes of its codes, out. Pure."""

from typing import NamedTuple

from kanban_hardware.keymap import KEYMAPS

# Event types, codes and values of the kernel: include/uapi/linux/input-event-codes.h.
EV_SYN, EV_KEY = 0, 1
SYN_REPORT, SYN_DROPPED = 0, 3
UP, DOWN, REPEAT = 0, 1, 2
ENDS = frozenset({28, 96, 15})  # ENTER, KPENTER, TAB
SHIFTS = frozenset({42, 54})
CTRLS = frozenset({29, 97})
ALTGR = 100
CAPS_LOCK = 58
# A scanner types GS, the separator within GS1 codes, as Ctrl and `]`: ASCII's control characters are
# the signs from `@` to `_` without their upper bits.
CONTROL_BITS = 0x1F
CONTROLLED = tuple("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_")


class KeyEvent(NamedTuple):
    """One event of an input device, as evdev's `InputEvent`; its own time is the wall clock's, and unused."""

    type: int
    code: int
    value: int


class Typist:
    """Follows shift, caps lock, control and AltGr of one keyboard."""

    def __init__(self, keymap: str = "us") -> None:
        self._keys = KEYMAPS[keymap]
        self._down: set[int] = set()
        self._has_caps = False
        self._is_dropping = False

    def feed(self, event: KeyEvent) -> bytes | None:
        """The bytes that an event types, none for most; None when the kernel has dropped events.

        What follows a drop up to the next report is the rest of a half lost packet and means nothing
        (Documentation/input/event-codes.rst, SYN_DROPPED). Which keys are down is then unknown: a
        scanner holds none between two codes, so they count as up.
        """
        if event.type == EV_SYN:
            return self._synchronise(event.code)
        if self._is_dropping or event.type != EV_KEY:
            return b""
        if event.value == DOWN:
            return self._press(event.code)
        if event.value == UP:
            self._down.discard(event.code)
        return b""

    def _synchronise(self, code: int) -> bytes | None:
        if code == SYN_DROPPED:
            self._is_dropping = True
            self._down.clear()
            return None
        if code == SYN_REPORT:
            self._is_dropping = False
        return b""

    def _press(self, code: int) -> bytes:
        self._down.add(code)
        if code in ENDS:
            return b"\r"
        if code == CAPS_LOCK:
            self._has_caps = not self._has_caps
        if code not in self._keys:
            return b""
        # A letter that is not ASCII stays two bytes or more: no code has one, so it is unreadable.
        return self._letter(code).encode()

    def _letter(self, code: int) -> str:
        key = self._keys[code]
        if ALTGR in self._down:
            return key.altgr
        is_shifted = bool(SHIFTS & self._down) != (self._has_caps and key.plain.isalpha())
        letter = key.shift if is_shifted else key.plain
        if CTRLS & self._down and letter.isascii() and letter.upper() in CONTROLLED:
            return chr(ord(letter.upper()) & CONTROL_BITS)
        return letter
