"""A signal tower on the network instead of a wired stack light, told by HTTP in a thread of its own."""

import logging
import socket
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from threading import Condition, Thread
from time import monotonic
from urllib.parse import urlsplit

from kanban_hardware.errors import PartError
from kanban_hardware.inputs import Found, Lost, PartInput
from kanban_hardware.patlite import FAMILIES
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import NetworkLampWiring

log = logging.getLogger(__name__)

NAME = "network-lamp"
TIMEOUT_S = 2.0
CLOSE_S = 3.0
"""A tower that hangs must not hold up the end of the station, which has 10 s in all."""
LOOK_S = 5.0
"""How often a tower is looked at, or told again where it cannot be: once switched off, it has forgotten."""
BACKOFF_S = (0.5, 1.0, 2.0, 5.0)
# ValueError: a status that is none. HTTPException: an answer that is no HTTP.
FAILS = (OSError, HTTPException, ValueError, PartError)
ANSWER_BYTES = 1024


class NetworkLamp:
    """Implements `LampOutput`. A tower that cannot be reached counts as dark: nobody can rely on it."""

    def __init__(
        self,
        wiring: NetworkLampWiring,
        put: Callable[[PartInput], object],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._wiring = wiring
        self._family = FAMILIES[wiring.kind]
        self._put = put
        self._clock = clock
        address = urlsplit(wiring.url)
        self._host, self._port = address.hostname or "", address.port or 80
        self._changed = Condition()
        self._wanted: dict[str, Pattern] = {}
        self._told: dict[str, Pattern] | None = None
        self._shown = dict.fromkeys(wiring.colours, Pattern.OFF)
        self._failures = 0
        self._is_stopping = False
        self._thread = Thread(target=self._run, name=NAME, daemon=True)

    @property
    def parts(self) -> tuple[str, ...]:
        return self._wiring.colours

    @property
    def failing(self) -> list[str]:
        return list(self.parts) if self._failures or not self._thread.is_alive() else []

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        with self._changed:
            self._wanted, self._is_stopping = {}, True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(CLOSE_S)

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        with self._changed:
            self._wanted = {part: patterns.get(part, Pattern.OFF) for part in self.parts}
            self._changed.notify()

    def shown(self) -> dict[str, Pattern]:
        return dict(self._shown)

    def _run(self) -> None:
        while self._wait():
            self._attempt()
        if not self._failures:
            self._attempt()  # dark, as pins are when they have been given back

    def _wait(self) -> bool:
        """Wait until there is something to tell or to look at; false at the end."""
        with self._changed:
            pause_s = BACKOFF_S[min(self._failures, len(BACKOFF_S)) - 1] if self._failures else LOOK_S
            self._changed.wait_for(lambda: self._is_stopping or self._has_news(), pause_s)
            return not self._is_stopping

    def _has_news(self) -> bool:
        return not self._failures and bool(self._wanted) and self._wanted != self._told

    def _attempt(self) -> None:
        wanted = dict(self._wanted)
        try:
            shown = self._tell(wanted)
        except FAILS as error:
            self._fail(error)
        else:
            self._succeed(wanted, shown)

    def _tell(self, wanted: Mapping[str, Pattern]) -> dict[str, Pattern]:
        """Have it show `wanted`, and return what it shows then: by its own word where it gives one."""
        if self._wiring.status_port is None:
            self._command(wanted)
            return {part: wanted.get(part, Pattern.OFF) for part in self.parts}
        # What already shows is not told again: a tower begins its flashing anew at each command.
        if self._told != wanted or self._status(wanted) != wanted:
            self._command(wanted)
        return self._status(wanted)

    def _command(self, wanted: Mapping[str, Pattern]) -> None:
        connection = HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)
        try:
            connection.request("GET", self._family.command(self.parts, wanted))
            answer = connection.getresponse()
            text = answer.read(ANSWER_BYTES).decode("ascii", "replace").strip()
        finally:
            connection.close()
        if answer.status != 200 or not text.startswith("Success"):  # noqa: PLR2004  # HTTP's "OK"
            hint = "Switch HTTP command control on at the lamp's own page"
            raise PartError(f"it answers {answer.status} {text[:40]!r}", hint)

    def _status(self, wanted: Mapping[str, Pattern]) -> dict[str, Pattern]:
        with socket.create_connection((self._host, self._wiring.status_port), TIMEOUT_S) as line:
            line.sendall(self._family.request)
            status = b""
            while len(status) < self._family.status_bytes and (more := line.recv(64)):
                status += more
        return self._family.shown(self.parts, status, wanted)

    def _succeed(self, wanted: dict[str, Pattern], shown: dict[str, Pattern]) -> None:
        self._told, self._shown = wanted, shown
        if self._failures:
            self._failures = 0
            log.info("%s at %s answers again", NAME, self._wiring.url)
            self._put(Found(NAME, self._clock()))

    def _fail(self, error: Exception) -> None:
        self._told, self._shown = None, dict.fromkeys(self.parts, Pattern.OFF)
        self._failures += 1
        if self._failures == 1:
            log.warning("%s at %s is lost: %s", NAME, self._wiring.url, error)
            self._put(Lost(NAME, self._clock()))
