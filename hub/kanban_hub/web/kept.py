"""What costs much to make and need not be newer than some seconds: made once for all who look at it."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

FOR_S = 10.0
MOST = 128

Made = TypeVar("Made")


class Kept:
    """In bounds: of more than `MOST` things the oldest goes. One is made at a time, while others are read."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._lock = threading.Lock()
        self._known: dict[Hashable, tuple[float, Any]] = {}

    def get(self, key: Hashable, now_s: float, make: Callable[[], Made], for_s: float = FOR_S) -> Made:
        """What `make` made for `key` less than `for_s` ago; `now_s` is a clock that never goes back.

        Who comes while it is made waits for it, and does not make it once more.
        """
        found = self._found(key, now_s - for_s)
        if found is None:
            with self._making:
                found = self._found(key, now_s - for_s) or self._put(key, now_s, make())
        return found[1]  # type: ignore[no-any-return]  # it was made for this key

    def _found(self, key: Hashable, after_s: float) -> tuple[float, Any] | None:
        with self._lock:
            known = self._known.get(key)
        return known if known is not None and known[0] > after_s else None

    def _put(self, key: Hashable, now_s: float, made: Any) -> tuple[float, Any]:
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = (now_s, made)
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]
        return now_s, made
