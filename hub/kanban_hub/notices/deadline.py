"""An end for a conversation as a whole: a socket's timeout starts anew with every byte that trickles in."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float, current: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cut the socket that `current` gives when the block takes longer: reading from it then fails."""
    timer = threading.Timer(seconds, lambda: _cut(current()))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: socket.socket | None) -> None:
    if connection is None:
        return
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is over already
