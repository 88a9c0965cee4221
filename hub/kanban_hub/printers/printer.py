"""A label printer and how a job gets there: the raw port 9100 that all of them have."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from kanban_hub.paper.form import Form, own_form
from kanban_hub.paper.shape import Drawing
from kanban_hub.paper.zpl import Media, job
from kanban_hub.printers.errors import OccupiedError, RefusedError, StuckError, UnreachableError

CONNECT_S = 3.0
SEND_S = 10.0
DRAIN_S = 2.0
_DRAIN_BYTES = 4096


@dataclass(frozen=True)
class Printer:
    """`width` and `height` of its labels in mm. Host and port are what whoever runs the hub has set."""

    id: str
    name: str
    host: str
    port: int
    width: float
    height: float
    media: Media = field(default_factory=Media)
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    @property
    def form(self) -> Form:
        return own_form(self.width, self.height)

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def print(self, labels: Sequence[Drawing], copies: int = 1) -> None:
        """Send `labels`. Returns when the printer has all of them; it may still be printing.

        Raises a `PrinterError`, after at most 15 seconds.
        """
        if not self.lock.acquire(blocking=False):
            raise OccupiedError(self.name, self.address, "is busy with another job")
        try:
            self._send(job(list(labels), self.media, copies))
        finally:
            self.lock.release()

    def _send(self, octets: bytes) -> None:
        with self._connected() as connection:
            connection.settimeout(SEND_S)
            try:
                connection.sendall(octets)
                connection.shutdown(socket.SHUT_WR)
            except OSError as error:
                raise StuckError(self.name, self.address, _words(error)) from None
            _drain(connection)

    def _connected(self) -> socket.socket:
        try:
            return socket.create_connection((self.host, self.port), CONNECT_S)
        except ConnectionRefusedError as error:
            raise RefusedError(self.name, self.address, _words(error)) from None
        except OSError as error:
            raise UnreachableError(self.name, self.address, _words(error)) from None


def _drain(connection: socket.socket) -> None:
    """Read what the printer says until it closes: closing on unread octets would tear the job away (RFC 1122,
    4.2.2.13). It has the job by now, so that nothing here is an error.
    """
    deadline_s = time.monotonic() + DRAIN_S
    try:
        while (left_s := deadline_s - time.monotonic()) > 0:
            connection.settimeout(left_s)
            if not connection.recv(_DRAIN_BYTES):
                return
    except OSError:
        return


def _words(error: OSError) -> str:
    return error.strerror or str(error) or "no answer in time"
