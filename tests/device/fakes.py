"""A clock that a test moves, a panel that remembers, and the values that every test of a station needs."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kanban_device.clock import Stamp
from kanban_device.config import MqttTable, StationConfig, StationTable
from kanban_device.outbox import Outbox
from kanban_device.supervisor import Supervisor
from kanban_hardware.buzzer import Tone
from kanban_hardware.panel import Health
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import DEFAULT_WIRING
from kanban_protocol.messages import AssignedSlot, Assignment, HubStatus, LampPattern, LampState, Side, Stack
from kanban_protocol.signals import Clock as ClockQuality

BOOT = "8f64b87a"
HUB_EPOCH = "b1c2d3e4f5061728"
LAMPS = ("slot-1", "slot-2", "red", "amber", "green")


class FakeClock:
    """Implements `Clock`; the wall clock stands beside and may jump."""

    def __init__(self, now_s: float = 1_000.0) -> None:
        self.boot = BOOT
        self.time_s = now_s
        self.wall_ahead_ms = 1_795_446_000_000
        self.quality = ClockQuality.SYNC

    def now_s(self) -> float:
        return self.time_s

    def stamp(self, at_s: float) -> Stamp:
        mono_ms = round(at_s * 1000)
        return Stamp(self.boot, mono_ms, mono_ms + self.wall_ahead_ms, self.quality)

    def advance(self, seconds: float) -> None:
        self.time_s += seconds


class FakePanel:
    """Implements `Surface`; its lamps follow at once, unless a test says what they show."""

    def __init__(self, turn_at_s: Callable[[], float] = lambda: 0.0) -> None:
        self.turn_at_s = turn_at_s
        self.hears_edges = True
        self.lamps: dict[str, Pattern] = {}
        self.did: list[str] = []
        self.lines: tuple[str, ...] = ()
        self.is_open = False
        self.is_alive = True
        self.is_frozen = False
        self.failing: set[str] = set()

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        if not self.is_frozen:
            self.lamps = dict(patterns)

    def flutter(self, part: str) -> None:
        self.did.append(f"flutter {part}")

    def beep(self, tone: Tone) -> None:
        self.did.append(f"beep {tone}")

    def write(self, lines: tuple[str, ...]) -> None:
        self.lines = lines

    def shown(self) -> dict[str, Pattern]:
        return dict(self.lamps)

    def health(self) -> Health:
        return Health(
            alive=self.is_alive,
            turn_at_s=self.turn_at_s(),
            hears_edges=self.hears_edges,
            stuck=[],
            scanners_lost=[],
            lamps_failing=list(self.failing),
            pins_failing=[],
            edges_missed=0,
            edges_dropped=0,
        )


class FakeSupervisor(Supervisor):
    """Remembers what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.line = ""

    def ready(self) -> None:
        self.said.append("ready")

    def alive(self) -> None:
        self.said.append("alive")

    def stopping(self) -> None:
        self.said.append("stopping")

    def status(self, text: str) -> None:
        self.line = text


def crash(directory: Path, outbox: Outbox) -> None:
    """Leave the files as a kill would: nothing folded together, nothing said to be closed."""
    files = {file: file.read_bytes() for file in directory.iterdir()}
    outbox.close()
    for file, raw in files.items():
        file.write_bytes(raw)


def config_in(data: Path, url: str = "mqtt://127.0.0.1:1883") -> StationConfig:
    return StationConfig(
        station=StationTable(id="assembly", site="plant", data=str(data)),
        mqtt=MqttTable(url=url),
        hardware=DEFAULT_WIRING,
    )


def assignment(*slots: tuple[int, str, Side]) -> Assignment:
    return Assignment(
        v=1, slots=[AssignedSlot(slot=n, loop=loop, side=side, item=loop) for n, loop, side in slots]
    )


def hub_status(epoch: str = HUB_EPOCH, *, online: bool = True) -> HubStatus:
    return HubStatus(v=1, online=online, epoch=epoch, boot="00000001")


def lamp_state(revision: int = 1, epoch: str = HUB_EPOCH, slot: LampPattern = LampPattern.SLOW) -> LampState:
    stack = Stack(red=LampPattern.OFF, amber=LampPattern.ON, green=LampPattern.ON)
    return LampState(v=1, epoch=epoch, revision=revision, as_of=1, slots={"1": slot}, stack=stack, because=[])
