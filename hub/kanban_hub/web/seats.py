"""How many streams there may be: each holds a thread, and other requests need some too."""

import threading

STREAMS_MOST = 200


class Seats:
    """Taken by a stream when it begins, given back when it ends."""

    def __init__(self, most: int = STREAMS_MOST) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self.taken = 0

    def take(self) -> bool:
        if not self._free.acquire(blocking=False):
            return False
        with self._lock:
            self.taken += 1
        return True

    def give_back(self) -> None:
        with self._lock:
            self.taken -= 1
        self._free.release()
