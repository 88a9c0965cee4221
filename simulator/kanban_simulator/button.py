"""A finger on one button of a virtual panel."""

from collections.abc import Callable
from threading import Event, Lock, Timer

SETTLE_S = 0.06
"""The shortest pause between two presses of one button: a finger is no faster, and the debounce sees it."""
FORGOTTEN_S = 30.0
"""A button held from a page goes up by itself after this long: the page may have been closed."""


class Button:
    """Closes and opens one contact. Presses that overlap come one after the other."""

    def __init__(self, touch: Callable[[bool], None], is_closing: Event) -> None:
        """`touch` is given whether the contact is closed; `is_closing` ends every hold."""
        self._touch = touch
        self._is_closing = is_closing
        self._pressing = Lock()
        self._timer: Timer | None = None
        self.is_down = False

    def press(self, hold_s: float) -> None:
        """Press, hold, release; returns when the button is up again."""
        with self._pressing:
            self._move(down=True)
            self._is_closing.wait(hold_s)
            self._move(down=False)
            self._is_closing.wait(SETTLE_S)

    def down(self) -> None:
        """Press and stay."""
        self._forget_timer()
        self._move(down=True)
        self._timer = Timer(FORGOTTEN_S, self.up)
        self._timer.daemon = True
        self._timer.start()

    def up(self) -> None:
        """Release."""
        self._forget_timer()
        self._move(down=False)

    def _move(self, *, down: bool) -> None:
        if self.is_down != down:
            self.is_down = down
            self._touch(down)

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
