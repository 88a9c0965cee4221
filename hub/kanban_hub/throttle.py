"""How often the same may be tried: so many in a minute, and what is kept of it is bounded."""

import threading
from collections import OrderedDict
from collections.abc import Callable

WINDOW_S = 60.0
KEYS_MOST = 1_000


class Throttle:
    """Counts tries by key, each in windows of a minute of its own."""

    def __init__(self, most: int, now_s: Callable[[], float]) -> None:
        self._most = most
        self._now_s = now_s
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Count one try of `key`; whether it is within bounds."""
        with self._lock:
            now_s = self._now_s()
            begun_s, tries = self._tries.pop(key, (now_s, 0))
            if now_s - begun_s >= WINDOW_S:
                begun_s, tries = now_s, 0
            self._tries[key] = (begun_s, tries + 1)
            if len(self._tries) > KEYS_MOST:
                self._tries.popitem(last=False)
            return tries < self._most
