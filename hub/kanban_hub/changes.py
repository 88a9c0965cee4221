"""Hints that something changed, for whoever waits: never the change itself, so none can be missed."""

import threading
from collections.abc import Iterable


class Changes:
    """A counter that any thread may wait on. Each change names the loops that it touched, for a filter."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = 0
        self._latest: frozenset[str] = frozenset()

    @property
    def version(self) -> int:
        with self._changed:
            return self._version

    def tell(self, loops: Iterable[str] = ()) -> None:
        with self._changed:
            self._version += 1
            self._latest = frozenset(loops)
            self._changed.notify_all()

    def wait(self, known: int, timeout_s: float) -> tuple[int, frozenset[str]]:
        """The version and the loops of the newest change, as soon as the version is not `known`."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != known, timeout_s)
            return self._version, self._latest
