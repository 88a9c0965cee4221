"""How many may wait at once: each holds a thread, and other requests need some too."""

import threading

STREAMS_MOST = 200
# Of the threads that streams leave (`server.THREADS_SPARE`), so many may wait for a commit with signals.
SENDERS_MOST = 10


class Seats:
    """Taken by a stream, or by who hands signals over, when it begins; given back when it ends."""

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
