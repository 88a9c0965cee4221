"""A label printer's raw port on loopback, well or not."""

import socket
import threading
from collections.abc import Callable

from kanban_hub.printers.printer import Printer

SECONDS = 10.0
Manner = Callable[[socket.socket, list[bytes]], None]


def takes(connection: socket.socket, jobs: list[bytes]) -> None:
    """All that comes, until the sender has said all."""
    found = b""
    while part := connection.recv(65_536):
        found += part
    jobs.append(found)


def answers_unasked(connection: socket.socket, jobs: list[bytes]) -> None:
    """As some printers do that tell how they are."""
    connection.sendall(b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n")
    takes(connection, jobs)
    connection.sendall(b"done")


def hangs_up(connection: socket.socket, jobs: list[bytes]) -> None:
    connection.recv(1)


def takes_a_little(connection: socket.socket, jobs: list[bytes]) -> None:
    """Out of labels: the connection stands and nothing is read any more, until the sender gives up."""
    connection.recv(1)
    hung_up.wait(SECONDS)


hung_up = threading.Event()


class Listener:
    """Answers one connection after another in its `manner`."""

    def __init__(self, manner: Manner = takes) -> None:
        self.jobs: list[bytes] = []
        self._manner = manner
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def printer(self, **changes: object) -> Printer:
        values: dict[str, object] = {"width": 62.0, "height": 100.0, **changes}
        return Printer("line-1", "Printer at line 1", "127.0.0.1", self.port, **values)  # type: ignore[arg-type]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self._manner(connection, self.jobs)

    def close(self) -> None:
        hung_up.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(SECONDS)
        hung_up.clear()
        assert not self._thread.is_alive()
