"""Who started the program and watches over it: systemd, told by datagrams (sd_notify(3)).

The protocol is a few words on a socket, so it is spoken here and needs no library.
"""

import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

log = logging.getLogger(__name__)

STATUS_MOST = 200
USUAL_WATCHDOG_S = 20.0


class Supervisor:
    """Without an address nobody watches, and nothing is said. A supervisor that is gone harms nothing."""

    def __init__(self, address: str | None = None, watchdog_s: float = USUAL_WATCHDOG_S) -> None:
        """`watchdog_s` is how long it waits for `alive` before it kills the program."""
        self._address = address
        self.watchdog_s = watchdog_s
        self._status = ""

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Supervisor":
        """The one that the environment names: NOTIFY_SOCKET and WATCHDOG_USEC."""
        microseconds = environment.get("WATCHDOG_USEC", "")
        watchdog_s = int(microseconds) / 1e6 if microseconds.isdigit() else USUAL_WATCHDOG_S
        return cls(environment.get("NOTIFY_SOCKET") or None, watchdog_s or USUAL_WATCHDOG_S)

    @property
    def is_there(self) -> bool:
        return self._address is not None

    def ready(self) -> None:
        """Buttons and lamps work and signals can be stored; whether a hub is there is another matter."""
        self._say("READY=1")

    def alive(self) -> None:
        """Put off the watchdog once more."""
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    def status(self, text: str) -> None:
        """Have `systemctl status` show a line; the same line again is not said."""
        line = " ".join(text.split())[:STATUS_MOST]
        if line != self._status:
            self._status = line
            self._say(f"STATUS={line}")

    def _say(self, word: str) -> None:
        if self._address is None:
            return
        # "@" stands for the zero byte of an abstract address.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock,
        ):
            sock.setblocking(False)  # its queue is full: it hears the next word
            sock.sendto(word.encode(), address)
