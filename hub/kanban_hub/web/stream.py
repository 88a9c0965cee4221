"""Server-sent events: hints that something changed. Whoever gets one asks anew, so none can be missed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
from flask import Response, request

from kanban_hub.changes import Changes
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

MEDIA_TYPE = "text/event-stream"
# As often as the stream looks whether it should end: a client that is gone frees its thread within this.
LOOK_S = 1.0
BEAT_S = 5.0
RETRY_MS = 2_000
# The server puts here how the stream learns that it should end.
STOPPING = "kanban_hub.stopping"
GONE = "waitress.client_disconnected"


@dataclass(frozen=True)
class Pace:
    look_s: float = LOOK_S
    beat_s: float = BEAT_S
    clock: Callable[[], float] = time.monotonic


@operation("GET /api/v1/stream", media_type=MEDIA_TYPE, made=str)
def stream(parts: WebParts) -> Response:
    """Events `changed` with `{"version", "loops"}` and, every 5 s, `beat` with `{"version"}`.

    `loops` are those of the newest change only. Two beats missed: the connection is dead. The 201st client
    gets a 503 and polls.
    """
    environ = request.environ
    is_over = _any(environ.get(STOPPING, _never), environ.get(GONE, _never))
    if not parts.seats.take():
        raise ProblemError(problem(503, "all streams are taken: poll instead"), {"Retry-After": "30"})
    response = Response(hints(parts.changes, is_over, Pace()), mimetype=MEDIA_TYPE)
    response.call_on_close(parts.seats.give_back)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep the events back
    return response


def hints(changes: Changes, is_over: Callable[[], bool], pace: Pace) -> Iterator[bytes]:
    """The stream's bytes until `is_over`. The first hint comes at once: every start asks anew."""
    version = changes.version
    yield b"retry: %d\n\n" % RETRY_MS + _event("changed", {"version": version, "loops": []})
    told_s = pace.clock()
    while not is_over():
        now_version, loops = changes.wait(version, pace.look_s)
        if now_version != version:
            version = now_version
            yield _event("changed", {"version": version, "loops": sorted(loops)})
            told_s = pace.clock()
        elif pace.clock() - told_s >= pace.beat_s:
            yield _event("beat", {"version": version})
            told_s = pace.clock()


def _event(name: str, content: dict[str, object]) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(content))


def _any(*conditions: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: any(condition() for condition in conditions)


def _never() -> bool:
    return False
