"""Server-sent events: what changed on the panels, as long as somebody looks."""

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore, Event

from flask import Response, abort, request

from kanban_simulator.change import Changes

STREAMS = 24
"""More pages than this get 503 and try again: a stream holds a thread, and the buttons need some too."""
_LOOK_S = 1.0
_SILENT_LOOKS = 10


class Streams:
    """The streams of one server; `is_closing` ends them all."""

    def __init__(self, changes: Changes, is_closing: Event) -> None:
        self._changes = changes
        self._is_closing = is_closing
        self._free = BoundedSemaphore(STREAMS)

    def response(self, content: Callable[[], bytes]) -> Response:
        """A stream that sends `content`, JSON on one line, now and after each change of it."""
        if not self._free.acquire(blocking=False):
            abort(503, f"{STREAMS} pages watch already")
        # Waitress tells here that the client has gone; without asking, the thread would stay.
        has_gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: False)
        answer = Response(self._events(content, has_gone), mimetype="text/event-stream")
        answer.call_on_close(self._free.release)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _events(self, content: Callable[[], bytes], has_gone: Callable[[], bool]) -> Iterator[bytes]:
        yield b"retry: 1000\n\n"
        told, count, silent = b"", -1, 0
        while not self._is_closing.is_set() and not has_gone():
            count = self._changes.wait(count, _LOOK_S)
            now = content()
            silent = 0 if now != told else silent + 1
            if now != told:
                told = now
                yield b"data: " + now + b"\n\n"
            elif silent % _SILENT_LOOKS == 0:
                yield b":\n\n"
