"""Many wall displays in one thread: each with its stream of hints, and a question after each of them.

They ask as `live.js` does: within `SPREAD_S` of a hint, naming what they have, and without one now and then.
"""

import contextlib
import selectors
import socket
import time
from dataclasses import dataclass, field
from random import Random

from kanban_simulator.loopback import HOST

SPREAD_S = 0.15
POLL_S = 7.0
SETTLE_S = 20.0
_READ_BYTES = 65_536
_STREAM = b"GET /api/v1/stream HTTP/1.1\r\nHost: hub\r\n\r\n"
_QUESTION = (
    b"GET /?wall=1 HTTP/1.1\r\nHost: hub\r\nX-Kanban-Part: inside\r\nAccept-Encoding: gzip\r\nIf-None-Match: "
)


@dataclass
class _Screen:
    stream: socket.socket
    asking: socket.socket
    ask_at_s: float
    tag: bytes = b""
    version: bytes = b""
    is_waiting: bool = False
    is_behind: bool = False
    answer: bytearray = field(default_factory=bytearray)


class Screens:
    """`reach_ms` are the times from the sending of a change until a screen had the board with it."""

    def __init__(self, port: int, count: int, chance: Random) -> None:
        self.reach_ms: list[float] = []
        self._port, self._chance = port, chance
        self._selector = selectors.DefaultSelector()
        self._ordering = socket.create_connection((HOST, port))
        self._changed_s: float | None = None
        self._screens = [self._opened() for _ in range(count)]

    def settle(self) -> None:
        """Return when every screen has the board."""
        deadline_s = time.monotonic() + SETTLE_S
        while any(not screen.tag for screen in self._screens) and time.monotonic() < deadline_s:
            self.run_until(time.monotonic() + 0.2)

    def send(self, path: str, body: bytes, token: str) -> None:
        """Give the hub an order, and return when it is committed."""
        head = f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._changed_s = time.monotonic()
        self._ordering.sendall(head.encode() + body)
        self._ordering.recv(_READ_BYTES)

    def run_until(self, until_s: float) -> None:
        while (now_s := time.monotonic()) < until_s:
            for screen in self._screens:
                if not screen.is_waiting and now_s >= screen.ask_at_s:
                    self._ask(screen)
            for key, _ in self._selector.select(min(0.01, max(0.0, until_s - now_s))):
                screen, end = key.data
                data = end.recv(_READ_BYTES)
                (self._hear if end is screen.stream else self._take)(screen, data)

    def close(self) -> None:
        self._selector.close()
        for screen in self._screens:
            for end in (screen.stream, screen.asking):
                with contextlib.suppress(OSError):
                    end.close()
        self._ordering.close()

    def _opened(self) -> _Screen:
        stream, asking = (socket.create_connection((HOST, self._port)) for _ in range(2))
        screen = _Screen(stream, asking, 0.0)
        screen.stream.sendall(_STREAM)
        for end in (screen.stream, screen.asking):
            self._selector.register(end, selectors.EVENT_READ, (screen, end))
        return screen

    def _connect_anew(self, screen: _Screen) -> None:
        """As browsers do after a 304, after which waitress ends the connection."""
        self._selector.unregister(screen.asking)
        screen.asking.close()
        screen.asking = socket.create_connection((HOST, self._port))
        self._selector.register(screen.asking, selectors.EVENT_READ, (screen, screen.asking))

    def _hear(self, screen: _Screen, data: bytes) -> None:
        version = data.rpartition(b'"version":')[2][:12].partition(b"}")[0].partition(b",")[0]
        if version and version != screen.version:
            screen.version = version
            screen.ask_at_s = time.monotonic() + self._chance.uniform(0, SPREAD_S)
            screen.is_behind = screen.is_waiting

    def _ask(self, screen: _Screen) -> None:
        screen.is_waiting = True
        screen.asking.sendall(_QUESTION + screen.tag + b"\r\n\r\n")

    def _take(self, screen: _Screen, data: bytes) -> None:
        screen.answer += data
        head, end, body = bytes(screen.answer).partition(b"\r\n\r\n")
        if not end or len(body) < int(_field(head, b"content-length") or 0):
            return
        screen.answer.clear()
        now_s = time.monotonic()
        is_new = not head.startswith(b"HTTP/1.1 304")
        if is_new and screen.tag and self._changed_s is not None:
            self.reach_ms.append((now_s - self._changed_s) * 1000)
        screen.tag = _field(head, b"etag") or screen.tag
        screen.is_waiting = False
        if _field(head, b"connection") == b"close":
            self._connect_anew(screen)
        screen.ask_at_s = now_s if screen.is_behind else now_s + POLL_S * self._chance.uniform(0.75, 1)
        screen.is_behind = False


def _field(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.lower() == name:
            return value.strip()
    return b""
