"""Which readings are the same as before: a tag that lies on an RFID reader is read again and again. Pure."""

from kanban_hardware.inputs import Scanned


class Repeats:
    """A code is new unless it was last read within `window_s`; each reading begins the time anew.

    So a tag that is left on the reader is one reading however long it lies there, and two tags that the
    reader sees in turn are two.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._last_s: dict[str, float] = {}

    def is_new(self, scanned: Scanned) -> bool:
        """Take a reading, and say whether it is another one than the last of its code."""
        at_s = scanned.at_s
        self._last_s = {code: last for code, last in self._last_s.items() if at_s - last < self._window_s}
        is_new = scanned.code not in self._last_s
        self._last_s[scanned.code] = at_s
        return is_new
