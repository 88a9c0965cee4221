"""A machine of a few files, and what is looked at on it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from kanban_device.check.finding import Finding
from kanban_device.check.machine import Machine
from kanban_device.check.scene import Scene
from kanban_device.config import StationConfig
from tests.device.fakes import config_in

T = TypeVar("T")


class PaperMachine(Machine):
    """The files that a test has written below a folder of its own, and a user who is in no group."""

    user = "kanban"
    groups = ("kanban",)

    def __init__(self, root: Path, environment: dict[str, str] | None = None) -> None:
        super().__init__(root, environment or {})

    def write(self, name: str, text: str = "") -> Path:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(self, process: int, name: str) -> None:
        self.write(f"/proc/{process}/comm", f"{name[:15]}\n")


def scene_in(folder: Path, **changes: object) -> tuple[Scene, PaperMachine]:
    """The example station with its data below `folder`; `changes` are tables of its file."""
    machine = PaperMachine(folder / "machine")
    return Scene(replace(config_in(folder / "data"), **changes), machine), machine


def with_mqtt(config: StationConfig, **changes: object) -> StationConfig:
    return replace(config, mqtt=replace(config.mqtt, **changes))


def by_part(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.part: finding for finding in findings}


def only(found: Iterable[T]) -> T:
    (one,) = found
    return one
