"""The network between one station and the broker, as a cable that can be pulled."""

import contextlib
import logging
import socket
import struct
from collections.abc import Callable
from queue import Queue
from selectors import EVENT_READ, DefaultSelector
from threading import Event, Thread

from kanban_simulator.loopback import bind, port_of

log = logging.getLogger(__name__)

_CHUNK_BYTES = 65_536
_TARGET_S = 2.0
GRANTED_S = 5.0
"""Longer than the proxy's thread is ever held up by an end that neither answers nor takes."""
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER with 0 s: close() sends RST

Pair = tuple[socket.socket, socket.socket]


class Proxy:
    """Forwards TCP from a port of its own on loopback to `host`:`port`.

    While it is cut, no byte moves on the connections that stand and neither end is told, as with a pulled
    cable; new connections are refused. After `restore` what still stands goes on, as TCP does.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        # While the door is shut, this keeps the port ours.
        self._reserve = bind()
        self.port = port_of(self._reserve)
        self._door = self._new_door()
        self._pairs: set[Pair] = set()
        self._selector = DefaultSelector()
        self._wishes: Queue[tuple[Callable[[], None], Event]] = Queue()
        self._bell, self._ear = socket.socketpair()
        self._is_cut = False
        self._is_closing = False
        self._selector.register(self._ear, EVENT_READ, self._grant)
        self._selector.register(self._door, EVENT_READ, self._accept)
        self._thread = Thread(target=self._run, name=f"proxy-{self.port}", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Pull the cable; it is cut when this returns. Cutting twice is cutting once."""
        self._ask(self._cut)

    def restore(self) -> None:
        """Plug it in again."""
        self._ask(self._restore)

    def close(self) -> None:
        """End all connections and give the port back."""
        self._ask(self._close)
        self._thread.join()

    def _ask(self, wish: Callable[[], None]) -> None:
        """Have the proxy's own thread do it, and wait until it is done."""
        is_done = Event()
        self._wishes.put((wish, is_done))
        with contextlib.suppress(OSError):  # closed already
            self._bell.send(b"!")
            is_done.wait(GRANTED_S)

    def _run(self) -> None:
        while not self._is_closing:
            ready = [key.data for key, _ in self._selector.select()]
            if self._grant in ready:
                self._grant()  # which may end what is ready beside it: look again
                continue
            for act in ready:
                act()

    def _grant(self) -> None:
        self._ear.recv(1)
        wish, is_done = self._wishes.get_nowait()
        wish()
        is_done.set()

    def _cut(self) -> None:
        if self._is_cut:
            return
        self._is_cut = True
        self._selector.unregister(self._door)
        self._door.close()
        for pair in self._pairs:
            self._unwatch(pair)

    def _restore(self) -> None:
        if not self._is_cut:
            return
        self._is_cut = False
        self._door = self._new_door()
        self._selector.register(self._door, EVENT_READ, self._accept)
        for pair in self._pairs:
            self._watch(pair)

    def _close(self) -> None:
        self._is_closing = True
        for pair in self._pairs:
            _reset(pair)
        for end in (self._door, self._reserve, self._bell, self._ear):
            end.close()
        self._selector.close()

    def _new_door(self) -> socket.socket:
        door = bind(self.port)
        door.listen()
        return door

    def _accept(self) -> None:
        near, _ = self._door.accept()
        try:
            far = socket.create_connection(self._target, timeout=_TARGET_S)
        except OSError as error:
            log.info("nothing answers at %s:%d: %s", *self._target, error)
            _reset((near,))
            return
        for end in (near, far):
            # Nagle's algorithm against delayed acknowledgement costs 40 ms each way.
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            end.settimeout(_TARGET_S)
        self._pairs.add((near, far))
        self._watch((near, far))

    def _watch(self, pair: Pair) -> None:
        near, far = pair
        self._selector.register(near, EVENT_READ, lambda: self._forward(pair, near, far))
        self._selector.register(far, EVENT_READ, lambda: self._forward(pair, far, near))

    def _unwatch(self, pair: Pair) -> None:
        for end in pair:
            self._selector.unregister(end)

    def _forward(self, pair: Pair, source: socket.socket, sink: socket.socket) -> None:
        if self._is_cut or pair not in self._pairs:
            return  # selected together with what ended it
        try:
            data = source.recv(_CHUNK_BYTES)
            if data:
                sink.sendall(data)
                return
        except OSError as error:
            log.info("a connection broke: %s", error)
        self._pairs.discard(pair)
        self._unwatch(pair)
        _reset(pair)


def _reset(ends: tuple[socket.socket, ...]) -> None:
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        end.close()
