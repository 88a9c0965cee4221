"""What the program is to its system: who watches over it, and how much of it runs after its last starts."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kanban_device import retreat
from kanban_device.errors import ClimbError
from kanban_device.retreat import Level, Starts
from kanban_device.supervisor import Supervisor
from kanban_device.update import disk

log = logging.getLogger(__name__)

FILE = "starts.json"
MAX_BYTES = 1_024


def read(directory: Path) -> Starts:
    """What is remembered in a data directory; a file of no use is as none."""
    try:
        content = disk.read(directory / FILE, MAX_BYTES)
        return Starts() if content is None else msgspec.json.decode(content, type=Starts)
    except (OSError, msgspec.DecodeError) as error:
        log.warning("%s is of no use, everything is started: %s", directory / FILE, error)
        return Starts()


class Retreat:
    """Counts this start of `release`. Without a directory nothing is counted and everything runs."""

    def __init__(self, directory: Path | None = None, now_s: float = 0.0, release: int = 0) -> None:
        self._directory = directory
        self._started_at_s = now_s
        self._is_proved = directory is None
        self._starts = Starts(release)
        if directory is not None:
            self._keep(retreat.started(read(directory), release))
            if self.level:
                log.error("its starts have failed again and again: %s", self.level.text)

    @property
    def level(self) -> Level:
        return self._starts.level

    def turn(self, now_s: float) -> None:
        """Time goes on, and the program has run well. Raises `ClimbError` when more shall be tried."""
        up_s = now_s - self._started_at_s
        if not self._is_proved and up_s >= retreat.GOOD_AFTER_S:
            self._is_proved = True
            self._keep(retreat.proved(self._starts))
        after_s = retreat.climb_after_s(self._starts)
        if after_s is not None and up_s >= after_s:
            self._keep(retreat.climbed(self._starts))
            raise ClimbError(self.level.text)

    def end(self) -> None:
        """Somebody has stopped the program in good order: the next start is a new beginning."""
        if self._directory is not None:
            self._keep(Starts(self._starts.release))

    def _keep(self, starts: Starts) -> None:
        assert self._directory is not None
        self._starts = starts
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.write(self._directory / FILE, msgspec.json.encode(starts), 0o600)
        except OSError as error:
            log.warning("starts are not counted: %s", error)


@dataclass(frozen=True)
class Service:
    """By default nobody watches and nothing is counted: who starts the program by hand wants all of it."""

    supervisor: Supervisor = field(default_factory=Supervisor)
    retreat: Retreat = field(default_factory=Retreat)
