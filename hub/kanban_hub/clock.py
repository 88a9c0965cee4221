"""The hub's steady clock: it starts at the wall's time and from then on only counts."""

import time
from collections.abc import Callable


class SteadyClock:
    """Milliseconds that never go back and never jump, also over a restart; shown to people as the time.

    A wall clock that is set while the hub runs changes nothing: windows, ages and waits go on.
    """

    def __init__(
        self,
        not_before_ms: int = 0,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start not before `not_before_ms`, the latest time that the store knows."""
        self._start_ms = max(int(wall() * 1000), not_before_ms + 1)
        self._monotonic = monotonic
        self._start_s = monotonic()

    def now_ms(self) -> int:
        return self._start_ms + int((self._monotonic() - self._start_s) * 1000)
