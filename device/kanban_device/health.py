"""Which buttons and scanners work, as the heartbeat tells it. Pure."""

import logging
from enum import StrEnum

from kanban_hardware.inputs import Freed, ScannerFound, ScannerLost, Stuck
from kanban_hardware.wiring import Wiring

log = logging.getLogger(__name__)

MAX_PARTS = 16  # what a heartbeat holds


class PartHealth(StrEnum):
    OK = "ok"
    STUCK = "stuck"
    LOST = "lost"


class InputHealth:
    """Every part that can give an input, by its name in the wiring."""

    def __init__(self, wiring: Wiring) -> None:
        scanners = [f"scanner-{number}" for number, _ in enumerate(wiring.scanners, 1)]
        self._parts = dict.fromkeys([*wiring.buttons, *scanners], PartHealth.OK)

    @property
    def stuck(self) -> frozenset[str]:
        return frozenset(part for part, health in self._parts.items() if health is PartHealth.STUCK)

    def as_dict(self) -> dict[str, str]:
        """For the heartbeat: what does not work first, should there be more than it holds."""
        worst_first = sorted(self._parts.items(), key=lambda item: item[1] is PartHealth.OK)
        return {part: health.value for part, health in worst_first[:MAX_PARTS]}

    def take(self, news: Stuck | Freed | ScannerLost | ScannerFound) -> None:
        match news:
            case Stuck(part, _, reason):
                log.warning("the button of %s is stuck: %s", part, reason)
                self._parts[part] = PartHealth.STUCK
            case ScannerLost(scanner):
                self._parts[scanner] = PartHealth.LOST
            case Freed(part) | ScannerFound(part):
                self._parts[part] = PartHealth.OK
