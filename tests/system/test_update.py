"""A station is brought to another release by the hub, and led back from one that does not start.

Hub, broker, firmware, updater, Python's venv and pip are the real ones. What systemd does on a Pi the test
does: it starts what `current` leads to, counts each start, and calls the updater when there is a request.
"""

import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanban_device.config import load
from kanban_device.update import request
from kanban_device.update.assembly import door_of, is_reachable, now
from kanban_device.update.gate import Times
from kanban_device.update.installation import Station
from kanban_device.update.layout import Layout
from kanban_device.update.machine import Machine, Place
from kanban_device.update.source import FolderSource
from kanban_device.update.state import Memory
from kanban_device.update.trust import load_keys
from kanban_device.update.updater import Updater
from kanban_hub.releases.folder import sign, write_manifest
from kanban_hub.releases.rollout import Rollout, RolloutState, turns_of
from kanban_hub.releases.shelf import Shelf
from kanban_hub.releases.signing import make_key, private_key
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from tests.mosquitto import Mosquitto
from tests.system.hub import HubProcess, wait_until
from tests.wheels import write_wheel

pytestmark = pytest.mark.mosquitto

STATION = """
[station]
id = "assembly"
site = "plant"
data = "{data}"

[mqtt]
url = "{broker}"

[hub]
url = "http://127.0.0.1:{port}"

[hardware]
pins = "mock"

[[hardware.slots]]
slot = 1
button = 17
lamp = 22
"""
# Releases that find the firmware where the tests have it: no wheel of it has to be built.
PATHS = "\n".join(path for path in sys.path if Path(path).is_dir()) + "\n"
WELL = "from kanban_device.main import main\n"
# Starts well for whoever only looks, and falls as soon as it has to run.
FALLING = 'import sys\n\nif "run" in sys.argv:\n    sys.exit(1)\n' + WELL
TIMES = Times(up_s=0.0, network_s=200.0, limit_s=300.0)
# How often the updater looks at the station, which is another process and tells it nothing.
LOOK_S = 0.05


class Systemd:
    """The station's service: `Restart=always`, and `ExecStartPre` as in `kanban-station.service.d`."""

    def __init__(self, root: Path, config: Path, runtime: Path) -> None:
        self._root = root
        self._config = config
        self._environment = os.environ | {"RUNTIME_DIRECTORY": str(runtime)}
        self._is_closed = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (runtime / "station.log").open("ab")
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def restart(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def close(self) -> None:
        self._is_closed.set()
        self.restart()
        self._thread.join()
        self._log.close()

    def await_close(self, within_s: float) -> None:
        """Wait for `close`, which nobody has to outwait."""
        self._is_closed.wait(within_s)

    def _run(self) -> None:
        while not self._is_closed.is_set():
            if (self._root / "trial").exists():
                self._count()
            command = [str(self._root / "current/bin/kanban-station"), "run", "--config", str(self._config)]
            self._process = subprocess.Popen(command, env=self._environment, stderr=self._log)
            if self._is_closed.is_set():
                self._process.terminate()
            self._process.wait()

    def _count(self) -> None:
        program = str(self._root / "updater/bin/kanban-station")
        command = [program, "update", "start", "--root", str(self._root)]
        subprocess.run(command, check=True, stderr=self._log)


class Pi:
    """One station's machine, with a shelf at the hub and the key that signs."""

    def __init__(self, folder: Path, hub: HubProcess, broker: Mosquitto) -> None:
        self.hub = hub
        self.folder = folder
        self.data, self.runtime, self.root = folder / "data", folder / "run", folder / "opt"
        for place in (self.data, self.runtime):
            place.mkdir(parents=True)
        self.config = folder / "station.toml"
        self.config.write_text(STATION.format(data=self.data, broker=broker.url, port=hub.port))
        self._private, self.public = make_key(folder / "key", None)
        self.store = DatabaseStore(url_of(hub.data, None))
        self._shelf = Shelf(hub.data)
        self._shelf.trust(self.public)
        self.systemd = Systemd(self.root, self.config, self.runtime)

    def make(self, number: int, program: str = WELL) -> Path:
        """A signed release whose program is `program`, also on the hub's shelf."""
        made = self.folder / f"release-{number}"
        made.mkdir()
        write_wheel(
            made,
            "kanban_signal_station",
            f"0.{number}",
            modules={"kanban_paths.pth": PATHS, "launch.py": program},
            scripts={"kanban-station": "launch:main"},
        )
        write_manifest(made, number, f"0.{number}", 0, (datetime.now(UTC) - timedelta(hours=1), 365))
        sign(made, private_key(self._private, None))
        self._shelf.add(made)
        return made

    def updater(self) -> Updater:
        loaded = load(self.config)
        place = Place(
            Station(self.config, self.data), lambda: load_keys(self.public), self.runtime / "vitals.json"
        )
        machine = Machine(
            python=(sys.version_info[0], sys.version_info[1]),
            name=platform.machine(),
            now=now,
            now_s=lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
            wait=lambda _: self.systemd.await_close(LOOK_S),
            restart=self.systemd.restart,
            is_network_there=lambda: is_reachable(loaded.endpoint),
            times=TIMES,
        )
        return Updater(Layout(self.root), place, machine)

    def order(self, number: int) -> None:
        """As on the hub's page: the hub asks, the station leaves a request, the updater works."""
        turns = turns_of(["assembly"], 1, 1)
        with self.store.rollouts() as book:
            book.add(Rollout(0, number, turns, prove_ms=0, force=False, made_ms=int(time.time() * 1000)))
        self.wait_until((self.data / request.FILE).exists)
        self.updater().serve(door_of(load(self.config)))

    def rollout(self) -> Rollout:
        with self.store.rollouts(writes=False) as book:
            return book.rollouts(1)[0]

    def told(self) -> tuple[int | None, dict[str, object] | None]:
        """The station's release and the state of its update, as the hub's API has them."""
        station = self.hub.get("/api/v1/stations/assembly")
        return station["release"], station["update"]

    def wait_until(self, holds: Callable[[], bool]) -> None:
        wait_until(holds, self.runtime / "station.log", 90.0)


@pytest.fixture
def pi(tmp_path: Path, hub: HubProcess, broker: Mosquitto) -> Iterator[Pi]:
    made = Pi(tmp_path / "pi", hub, broker)
    made.updater().install(FolderSource(made.make(1)), force=False)
    made.systemd.start()
    yield made
    made.systemd.close()
    made.store.close()


def test_the_hub_brings_a_station_to_a_release_and_sees_it_led_back_from_a_bad_one(pi: Pi) -> None:
    pi.make(2)
    pi.make(3, FALLING)
    pi.wait_until(lambda: pi.told() == (1, None))

    pi.order(2)
    pi.wait_until(lambda: pi.told() == (2, None))
    pi.wait_until(lambda: pi.rollout().state is RolloutState.DONE)

    pi.order(3)
    returned = {"release": 3, "step": "returned", "fault": "not_started"}
    pi.wait_until(lambda: pi.told() == (2, returned))
    pi.wait_until(lambda: pi.rollout().state is RolloutState.STOPPED)
    assert pi.rollout().turns[0].fault == "not_started"
    state = Memory(Layout(pi.root)).read()
    assert (state.running, state.good, state.before, state.bad) == (2, 2, 1, [3])
