"""A broker of literal packets on loopback: it answers what a test tells it, also what no real one would."""

import queue
import socket
import threading
from types import TracebackType
from typing import Self

from kanban_protocol.endpoint import Endpoint

CONNECT, SUBSCRIBE, DISCONNECT = 0x1, 0x8, 0xE
CONNACK = bytes.fromhex("20020000")
SUBACK = bytes.fromhex("9003000101")  # paho numbers its first packet 1


def refusal(code: int) -> bytes:
    """A CONNACK that refuses (MQTT 3.1.1 §3.2.2.3)."""
    return bytes((0x20, 2, 0, code))


def publish(topic: bytes, payload: bytes, *, retain: bool = False) -> bytes:
    """A PUBLISH of quality 0."""
    body = len(topic).to_bytes(2, "big") + topic + payload
    return bytes((0x31 if retain else 0x30, len(body))) + body


class LiteralBroker:
    """`answers` maps the type of a packet to the bytes that answer it. `packets` holds what arrived."""

    def __init__(self, answers: dict[int, bytes]) -> None:
        self._answers = answers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = Endpoint("127.0.0.1", self._listener.getsockname()[1])
        self.packets: queue.Queue[int] = queue.Queue()
        self._thread = threading.Thread(target=self._serve, name="literal broker")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # ends accept()
        self._listener.close()
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        try:
            while head := connection.recv(1):
                kind = head[0] >> 4
                connection.recv(_length(connection), socket.MSG_WAITALL)
                self.packets.put(kind)
                connection.sendall(self._answers.get(kind, b""))
        except OSError:
            return


def _length(connection: socket.socket) -> int:
    """The remaining length (MQTT 3.1.1 §2.2.3)."""
    length = shift = 0
    while True:
        byte = connection.recv(1)[0]
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return length
