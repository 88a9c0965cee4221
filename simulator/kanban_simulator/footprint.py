"""What the firmware costs: memory, start and idling, beside an empty Python and one that has only gpiozero.

On a busy machine the times on the wall grow, for all three alike; the time on the processor does not.
What idling costs is mostly what a machine takes to wake a program, and differs tenfold between machines. So
it stands beside an empty Python that does nothing but wake 20 times a second.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kanban_simulator.errors import ProcessError
from kanban_simulator.process import end

END_S = 10.0
SETTLE_S = 1.0
"""From the start until it counts as idle."""
MEGABYTE = 1_000_000

# The discard port: the start must not depend on a broker. Without one it also looks for one and all lamps
# blink, so its idling costs more than on a healthy floor.
STATION = """\
[station]
id = "station"
site = "footprint"
data = "{folder}/data"
language = "de"
[mqtt]
url = "mqtt://127.0.0.1:9"
[hardware]
pins = "mock"
stack = {{ red = 6, amber = 13, green = 19 }}
quality = {{ button = 5 }}
buzzer = {{ pin = 26 }}
slots = [
  {{ slot = 1, button = 17, lamp = 22 }}, {{ slot = 2, button = 27, lamp = 23 }},
  {{ slot = 3, button = 24, lamp = 25 }}, {{ slot = 4, button = 16, lamp = 20 }},
]
"""
STARTED = "station started"
READY = "print('ready', flush=True); input()"
WAKING = "import time; print('ready', flush=True)\nwhile True: time.sleep(0.05)"


@dataclass(frozen=True)
class Start:
    """One program that has just got ready."""

    wall_ms: float
    cpu_ms: float
    memory_mb: float


@dataclass(frozen=True)
class Figure:
    """A figure of the station beside those of the others, and what it may be."""

    name: str
    unit: str
    station: float
    bound: float
    empty: float | None = None
    gpiozero: float | None = None

    @property
    def is_kept(self) -> bool:
        return self.station <= self.bound

    def __str__(self) -> str:
        columns = [self._beside(other) for other in (self.empty, self.gpiozero)]
        verdict = f"at most {self._text(self.bound)}: {'kept' if self.is_kept else 'missed'}"
        return f"{self.name:<11}{self._text(self.station):>10}{''.join(columns)}  {verdict}"

    def _beside(self, other: float | None) -> str:
        return f"{self._text(other):>14} ({self.station / other:4.1f} x)" if other else " " * 23

    def _text(self, value: float) -> str:
        return f"{value:.2f} {self.unit}" if value < 10 else f"{value:.1f} {self.unit}"  # noqa: PLR2004


@dataclass(frozen=True)
class Footprint:
    figures: tuple[Figure, ...]
    load: float

    def __str__(self) -> str:
        head = f"{'':<11}{'station':>10}{'empty Python':>23}{'Python and gpiozero':>23}"
        return "\n".join([head, *map(str, self.figures), f"load {self.load:.1f} on {os.cpu_count()} cores"])


def measure(folder: Path, runs: int, idle_s: float) -> Footprint:
    """Start all three in turn, `runs` times, and watch two idle for `idle_s`. Raises ProcessError."""
    samples = [_sample(folder / str(run)) for run in range(runs)]

    def figure(name: str, unit: str, bound: float, pick: Callable[[Start], float]) -> Figure:
        station, empty, gpiozero = (median(map(pick, starts)) for starts in zip(*samples, strict=True))
        return Figure(name, unit, station, bound, empty, gpiozero)

    idle, waking = _idle_percents(folder / "idle", idle_s)
    figures = (
        figure("memory", "MB", 40.0, lambda start: start.memory_mb),
        figure("start", "ms", 500.0, lambda start: start.wall_ms),
        figure("start, CPU", "ms", 500.0, lambda start: start.cpu_ms),
        Figure("idle, CPU", "%", idle, 1.0, waking),
    )
    return Footprint(figures, os.getloadavg()[0])


def _sample(folder: Path) -> tuple[Start, Start, Start]:
    with _station(folder) as (_, station):
        pass
    with _running(["-c", READY], "ready") as (_, empty):
        pass
    with _running(["-c", f"import gpiozero; {READY}"], "ready") as (_, gpiozero):
        pass
    return station, empty, gpiozero


def _idle_percents(folder: Path, seconds: float) -> tuple[float, float]:
    """The shares of one core that an idle station and a program that only wakes take at the same time."""
    with _station(folder) as (station, _), _running(["-c", WAKING], "ready") as (waking, _):
        time.sleep(SETTLE_S)
        before_ms, began_s = [cpu_ms(station), cpu_ms(waking)], time.perf_counter()
        time.sleep(seconds)
        after_ms, took_s = [cpu_ms(station), cpu_ms(waking)], time.perf_counter() - began_s
    station_ms, waking_ms = (after - before for after, before in zip(after_ms, before_ms, strict=True))
    return station_ms / took_s / 10, waking_ms / took_s / 10


@contextmanager
def _station(folder: Path) -> Iterator[tuple[int, Start]]:
    folder.mkdir()
    file = folder / "station.toml"
    file.write_text(STATION.format(folder=folder), encoding="utf-8")
    with _running(["-m", "kanban_device", "run", "--config", str(file)], STARTED) as running:
        yield running


@contextmanager
def _running(arguments: list[str], ready: str) -> Iterator[tuple[int, Start]]:
    """A Python program up to its line with `ready`: its process id, and what it took. It is ended then."""
    began_s = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        assert program.stdout is not None
        try:
            said = next((line for line in program.stdout if ready in line), None)
            wall_ms = (time.perf_counter() - began_s) * 1000
            if said is None:
                raise ProcessError(" ".join(arguments), f"ended before it was ready ({ready!r})")
            yield program.pid, Start(wall_ms, cpu_ms(program.pid), _memory_mb(program.pid))
        finally:
            if not end(program, END_S):
                raise ProcessError(" ".join(arguments), f"did not end within {END_S:.0f} s of SIGTERM")


def cpu_ms(process: int) -> float:
    """The time that all threads of a process have had on the processor (sched-stats.rst: the first field)."""
    files = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(file.read_text(encoding="ascii").split()[0]) for file in files) / 1e6


def _memory_mb(process: int) -> float:
    """Resident memory, as the kernel counts it (proc(5), VmRSS)."""
    rows = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    kib = next(row for row in rows if row.startswith("VmRSS:")).split()[1]
    return int(kib) * 1024 / MEGABYTE
