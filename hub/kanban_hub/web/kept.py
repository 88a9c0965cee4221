"""What costs much to make and need not be newer than some seconds: made once for all who look at it."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

FOR_S = 10.0
MOST = 128

Made = TypeVar("Made")


class Kept:
    """In bounds: of more than `MOST` things the oldest goes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, now_s: float, make: Callable[[], Made]) -> Made:
        """What `make` made for `key` at most `FOR_S` ago; `now_s` is a clock that never goes back."""
        with self._lock:
            known = self._known.get(key)
        if known is not None and now_s - known[0] < FOR_S:
            return known[1]  # type: ignore[no-any-return]  # it was made for this key
        made = make()
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = (now_s, made)
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]
        return made
