"""Which readings are the same as before: a tag that lies on an RFID reader is read again and again. Pure."""

from kanban_hardware.inputs import Scanned


class Repeats:
    """A code is new unless it was last read within `window_s`; each reading begins the time anew.

    So a tag that is left on the reader is one reading however long it lies there, and two tags that the
    reader sees in turn are two. What is read within the first window after the reader was opened may have
    lain there since before, over a restart of the station, so it gives no reading, as a button that is
    closed at the start gives no press: it has to be taken away first.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._last_s: dict[str, float] = {}
        self._settled_at_s = 0.0

    def begin(self, at_s: float) -> None:
        """The reader was opened at `at_s`."""
        self._settled_at_s = at_s + self._window_s

    def is_new(self, scanned: Scanned) -> bool:
        """Take a reading, and say whether it is another one than the last of its code."""
        at_s = scanned.at_s
        self._last_s = {code: last for code, last in self._last_s.items() if at_s - last < self._window_s}
        is_new = scanned.code not in self._last_s and at_s >= self._settled_at_s
        self._last_s[scanned.code] = at_s
        return is_new
