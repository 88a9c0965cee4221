"""A counter that several watchers wait on: each change of a panel wakes all pages that show it."""

from threading import Condition


class Changes:
    """Counts changes; `wait` returns as soon as there is a newer one."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._count = 0

    @property
    def count(self) -> int:
        return self._count

    def note(self) -> None:
        """Something has changed."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait(self, after: int, timeout_s: float) -> int:
        """The count, as soon as it is not `after`, or after `timeout_s` at the latest."""
        with self._condition:
            self._condition.wait_for(lambda: self._count != after, timeout_s)
            return self._count
