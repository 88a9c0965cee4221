"""What every look is given: the station's file, the machine, and whether the station runs beside."""

from dataclasses import dataclass
from pathlib import Path

from kanban_device.check.machine import Machine
from kanban_device.config import StationConfig

STOP = "Stop the station for it: sudo systemctl stop kanban-station"


@dataclass(frozen=True)
class Scene:
    """`beside` names the running station that holds the data directory, and is empty without one.

    `file` is where the configuration was read from.
    """

    config: StationConfig
    machine: Machine
    beside: str = ""
    file: Path | None = None

    @property
    def is_mock(self) -> bool:
        """Whether nothing is wired: then a desk is looked at, not a Pi."""
        return self.config.hardware.pins == "mock"
