"""What the firmware costs: memory, import and start, beside those of an empty Python program."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter

from kanban_device.config import MqttTable, StationConfig, StationTable
from kanban_hardware.wiring import DEFAULT_WIRING
from kanban_simulator.errors import ProcessError
from kanban_simulator.firmware import Firmware
from kanban_simulator.line import Report

READY_S = 30.0
_NOBODY = "mqtt://127.0.0.1:9"  # the discard port: the start must not depend on a broker


@dataclass(frozen=True)
class Cost:
    """The medians of all runs."""

    name: str
    ours: float
    bare: float
    unit: str

    def __str__(self) -> str:
        return (
            f"{self.name:<12} {self.ours:8.1f} {self.unit:<4} {self.ours / self.bare:5.1f} x {self.bare:.1f}"
        )


@dataclass(frozen=True)
class Footprint:
    costs: tuple[Cost, ...]

    def __str__(self) -> str:
        return "\n".join(["station           median      times an empty program", *map(str, self.costs)])


@dataclass(frozen=True)
class Sample:
    """One run of everything, milliseconds and MiB."""

    bare_ms: float
    import_ms: float
    ready_ms: float
    bare_mib: float
    station_mib: float


def measure(folder: Path, runs: int) -> Footprint:
    """Start empty programs and firmware in turn, `runs` times. Raises ProcessError."""
    samples = [_sample(folder / str(run)) for run in range(runs)]

    def middle(pick: Callable[[Sample], float]) -> float:
        return median(pick(sample) for sample in samples)

    bare_ms = middle(lambda sample: sample.bare_ms)
    return Footprint(
        (
            Cost("memory", middle(lambda s: s.station_mib), middle(lambda s: s.bare_mib), "MiB"),
            Cost("import", middle(lambda s: s.import_ms), bare_ms, "ms"),
            Cost("ready", middle(lambda s: s.ready_ms), bare_ms, "ms"),
        )
    )


def _sample(folder: Path) -> Sample:
    bare_ms, import_ms = _run_ms("pass"), _run_ms("import kanban_device.main")
    ready_ms, station_mib = _station(folder)
    return Sample(bare_ms, import_ms, ready_ms, _bare_mib(), station_mib)


def _run_ms(program: str) -> float:
    began_s = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return (perf_counter() - began_s) * 1000


def _bare_mib() -> float:
    program = "import sys; sys.stdout.write('.'); sys.stdout.flush(); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as bare:
        assert bare.stdout is not None
        bare.stdout.read(1)
        return _rss_mib(bare.pid)


def _station(folder: Path) -> tuple[float, float]:
    """(milliseconds until the panel can be pressed, MiB then) of the firmware on mock pins."""
    folder.mkdir()
    is_ready = Event()

    def take(report: Report) -> None:
        if report.patterns:
            is_ready.set()

    began_s = perf_counter()
    firmware = Firmware(_config(folder), [], folder / "log", (take, lambda _: None))
    try:
        if not is_ready.wait(READY_S):
            raise ProcessError("the firmware", "did not get ready", (folder / "log").read_text())
        return (perf_counter() - began_s) * 1000, _rss_mib(firmware.pid)
    finally:
        firmware.end()


def _config(folder: Path) -> StationConfig:
    return StationConfig(
        station=StationTable(id="station", site="footprint", data=str(folder / "data")),
        mqtt=MqttTable(url=_NOBODY),
        hardware=replace(DEFAULT_WIRING, pins="mock"),
    )


def _rss_mib(pid: int) -> float:
    """Resident memory, as the kernel counts it (proc(5), VmRSS)."""
    rows = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    kib = next(row for row in rows if row.startswith("VmRSS:")).split()[1]
    return int(kib) / 1024
