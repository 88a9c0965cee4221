"""The one way into the runtime's thread: bounded, and with room kept for what people do."""

import queue
import threading

from kanban_hardware.inputs import Input
from kanban_protocol.link import LinkEvent, Received

LIMIT = 1_000
RESERVED = 200  # for presses, scans and the link's own news, while a flood of messages fills the rest

Letter = Input | LinkEvent


class Mailbox:
    """Foreign threads put, the runtime takes. Putting never waits."""

    def __init__(self) -> None:
        self._letters: queue.Queue[Letter] = queue.Queue()
        self._lock = threading.Lock()
        self.dropped = 0

    def put(self, letter: Letter) -> None:
        """Keep `letter`, or count it as dropped when there is no room."""
        with self._lock:
            limit = LIMIT if isinstance(letter, Received) else LIMIT + RESERVED
            if self._letters.qsize() >= limit:
                self.dropped += 1
                return
            self._letters.put(letter)

    def take(self, timeout_s: float) -> Letter | None:
        """The next letter, or None when none has come for `timeout_s`."""
        try:
            return self._letters.get(timeout=max(0.0, timeout_s))
        except queue.Empty:
            return None
