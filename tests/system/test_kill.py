"""kill -9 of hub, broker and stations at random moments under load: nothing is lost, nothing taken twice."""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.mosquitto import Mosquitto
from tests.system.hub import HubProcess
from tests.system.station import StationProcess

pytestmark = pytest.mark.mosquitto

LOAD_S = 25.0
CARDS = 40
PLANT = f"""
site = "plant"

[[stations]]
id = "assembly"
name = "Assembly"

[[stations]]
id = "paint"
name = "Paint shop"

[[stations]]
id = "press-shop"
name = "Press shop"

[[items]]
id = "bracket"
name = "Bracket"

[[items]]
id = "blank"
name = "Blank"

[[loops]]
id = "bracket"
item = "bracket"
supplier = "paint"
consumer = "assembly"
container_quantity = 20
cards = {CARDS}
duplicate_window_s = 0

[[loops]]
id = "blank"
item = "blank"
supplier = "press-shop"
consumer = "paint"
container_quantity = 50
cards = {CARDS}
steps = ["accept", "start", "finish", "ship"]
duplicate_window_s = 0
"""


class Load:
    """Scans and presses at one station, and remembers every signal that was ever seen stored there."""

    def __init__(self, station: StationProcess, loops: list[str], seed: int) -> None:
        self.station = station
        self.stored: set[tuple[str, int, str]] = set()
        self._codes = [f"{loop}-{number:04d}" for loop in loops for number in range(1, CARDS + 1)]
        self._random = random.Random(seed)

    def run(self, end_s: float) -> None:
        pause = threading.Event()
        while time.monotonic() < end_s:
            try:
                self.station.do("scan", code=self._random.choice(self._codes))
                if self._random.random() < 0.2:
                    self.station.do("press", slot=1, hold_ms=60)
            except OSError:
                pass  # it has no power just now
            self.stored.update(self.station.stored())
            pause.wait(0.02)


def _faults(seed: int, hub: HubProcess, broker: Mosquitto, stations: list[StationProcess]) -> Iterator[str]:
    """One fault after the other, for ever; each heals at once."""
    chance = random.Random(seed)

    def kill_hub() -> None:
        hub.kill9()
        hub.start()

    def cut_power(station: StationProcess) -> None:
        station.do("power", on=False)
        station.do("power", on=True)

    while True:
        station = chance.choice(stations)
        faults: dict[str, Callable[[], None]] = {
            "hub": kill_hub,
            "broker": broker.restart,
            f"station {station.id}": partial(cut_power, station),
        }
        name = chance.choice(sorted(faults))
        faults[name]()
        yield name


@pytest.fixture
def plant() -> str:
    return PLANT


@pytest.mark.parametrize("seed", [1, 2])
def test_no_stored_signal_is_lost_and_none_is_taken_twice(
    seed: int, hub: HubProcess, broker: Mosquitto, station: Callable[[str], StationProcess],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    stations = [station(name).ready() for name in ("assembly", "paint", "press-shop")]
    loops = {"assembly": ["bracket"], "paint": ["bracket", "blank"], "press-shop": ["blank"]}
    loads = [Load(one, loops[one.id], seed) for one in stations]

    end_s = time.monotonic() + LOAD_S
    killed: Counter[str] = Counter()
    with ThreadPoolExecutor(len(loads)) as pool:
        runs = [pool.submit(load.run, end_s) for load in loads]
        pause = threading.Event()
        for name in _faults(seed, hub, broker, stations):
            killed[name] += 1
            pause.wait(1.0)
            if time.monotonic() >= end_s:
                break
        for run in runs:
            run.result()

    for one in stations:
        one.wait_for(lambda panel: panel["outbox"] == 0, within_s=90)
    assert hub.stop() == 0
    stored = {one.id: set(one.stored()) | load.stored for one, load in zip(stations, loads, strict=True)}
    _prove(hub, stored)
    with capsys.disabled():
        total = sum(len(signals) for signals in stored.values())
        counts = f"{sum(killed.values())} kills {dict(killed)}, {total} signals stored, 0 lost, 0 taken twice"
        print(f"\nseed {seed}: {counts}")  # noqa: T201  # the counts are the test's second result


def _prove(hub: HubProcess, stored: dict[str, set[tuple[str, int, str]]]) -> None:
    with sqlite3.connect(hub.data / "hub.db") as database:
        rows = database.execute("SELECT station, epoch, seq, id, verdict FROM signals").fetchall()
        moves = database.execute(
            "SELECT signal, COUNT(*) FROM events WHERE kind = 'card_moved' GROUP BY signal"
        )
        moves_by_signal = dict(moves.fetchall())
        scans = database.execute("SELECT DISTINCT signal FROM events WHERE how = 'scan'").fetchall()

    taken = {station: {(e, s, i) for owner, e, s, i, _ in rows if owner == station} for station in stored}
    lost = {station: signals - taken[station] for station, signals in stored.items()}
    strange = {station: taken[station] - signals for station, signals in stored.items()}
    assert not any(lost.values()), f"lost: {lost}"
    assert not any(strange.values()), f"taken, and stored nowhere: {strange}"
    ids = [row[3] for row in rows]
    assert len(ids) == len(set(ids)), "one signal stands under two keys"
    twice = [signal for (signal,) in scans if moves_by_signal.get(signal, 0) > 1]
    assert twice == [], "a scan moves one card once"
    assert sum(len(signals) for signals in stored.values()) > 100, "the load was no load"
    check = [
        sys.executable,
        "-c",
        "from kanban_hub.main import main; main()",
        "check",
        "--data",
        str(hub.data),
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
