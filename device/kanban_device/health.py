"""Which buttons, scanners and other parts work, as the heartbeat tells it. Pure."""

import logging
from enum import StrEnum

from kanban_hardware import display, network_lamp
from kanban_hardware.inputs import Found, Freed, Lost, Stuck
from kanban_hardware.wiring import Wiring

log = logging.getLogger(__name__)

MAX_PARTS = 16  # what a heartbeat holds


class PartHealth(StrEnum):
    OK = "ok"
    STUCK = "stuck"
    LOST = "lost"


class InputHealth:
    """Every part that tells of itself, by its name in the wiring; lamps on pins tell by what they show."""

    def __init__(self, wiring: Wiring) -> None:
        scanners = [f"scanner-{number}" for number, _ in enumerate(wiring.scanners, 1)]
        more = {display.NAME: wiring.display, network_lamp.NAME: wiring.network_lamp}
        names = [*wiring.buttons, *scanners, *(name for name, wired in more.items() if wired)]
        self._parts = dict.fromkeys(names, PartHealth.OK)

    @property
    def stuck(self) -> frozenset[str]:
        return frozenset(part for part, health in self._parts.items() if health is PartHealth.STUCK)

    def as_dict(self) -> dict[str, str]:
        """For the heartbeat: what does not work first, should there be more than it holds."""
        worst_first = sorted(self._parts.items(), key=lambda item: item[1] is PartHealth.OK)
        return {part: health.value for part, health in worst_first[:MAX_PARTS]}

    def take(self, news: Stuck | Freed | Lost | Found) -> None:
        match news:
            case Stuck(part, _, reason):
                log.warning("the button of %s is stuck: %s", part, reason)
                self._parts[part] = PartHealth.STUCK
            case Lost(part):
                self._parts[part] = PartHealth.LOST
            case Freed(part) | Found(part):
                self._parts[part] = PartHealth.OK
