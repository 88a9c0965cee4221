"""From a one-time code to a press that is accepted over TLS, to the end of that, and back."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kanban_device.build import build
from kanban_device.config import load
from kanban_hardware.pattern import Pattern
from kanban_hardware.simulated import SimulatedPins
from tests.mosquitto import free_port
from tests.system.conftest import PLANT
from tests.system.hub import HubProcess, wait_until
from tests.system.securebroker import SecureBroker
from tests.system.station import CONFIG
from tests.system.typed import kanban_hub, kanban_station, load_plant

pytestmark = pytest.mark.mosquitto


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A hub's directory with a plant, and what the broker needs."""
    load_plant(tmp_path / "hub", PLANT)
    kanban_hub(tmp_path / "hub", "broker", "127.0.0.1")
    return tmp_path / "hub"


@pytest.fixture
def secure(tmp_path: Path, data: Path) -> Iterator[SecureBroker]:
    with SecureBroker(tmp_path, data / "identity" / "broker") as broker:
        yield broker


@pytest.fixture
def door() -> str:
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def hub(data: Path, secure: SecureBroker, door: str) -> Iterator[HubProcess]:
    made = HubProcess(data, secure)
    made.start("--door", door)
    yield made
    made.stop()


def joined(hub: HubProcess, door: str, config: Path) -> None:
    """What a person does: make a code at the hub, type it at the station."""
    told = dict(line.split() for line in kanban_hub(hub.data, "station", "code", "assembly").splitlines())
    words = ["join", "--config", str(config), "--hub", f"https://{door}"]
    words += ["--code", told["code"], "--ca-fingerprint", told["authority"]]
    kanban_station(*words)


class Firmware:
    """The real firmware in this process, on pins of its own."""

    def __init__(self, config: Path, log: Path) -> None:
        self.pins = SimulatedPins()
        self._log = log
        self._stop = threading.Event()
        self._data = load(config).data
        self._program = build(load(config), pins=self.pins)
        self._thread = threading.Thread(target=self._program.run, args=(self._stop,))
        self._thread.start()

    def press(self) -> None:
        """Slot 1, as long as a finger does it, and wait until it is stored."""
        before = self._stored()
        self.pins.press(17)
        self._stop.wait(0.1)
        self.pins.release(17)
        self.wait_until(lambda: self._stored() > before)

    def _stored(self) -> int:
        """How many signals the outbox's file has, receipted or not."""
        with closing(
            sqlite3.connect(f"file:{self._data / 'outbox.db'}?mode=ro", uri=True, timeout=5)
        ) as outbox:
            return int(outbox.execute("SELECT count(*) FROM signals").fetchone()[0])

    def wait_until(self, holds: Callable[[], bool]) -> None:
        wait_until(holds, self._log, say=lambda: f"{self._program.view} {self._program.shown()}")

    @property
    def outbox(self) -> int:
        return self._program.view.outbox

    def shows(self, part: str, pattern: Pattern) -> bool:
        return self._program.shown()[part] is pattern

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self._program.close()


def test_a_station_joins_is_heard_is_revoked_keeps_collecting_and_comes_back_by_a_new_code(
    tmp_path: Path, hub: HubProcess, secure: SecureBroker, door: str
) -> None:
    config = tmp_path / "station.toml"
    config.write_text(CONFIG.format(id="assembly", data=tmp_path / "assembly", url=secure.url))
    joined(hub, door, config)
    station = Firmware(config, hub.data / "hub.log")
    try:
        station.wait_until(lambda: station.shows("green", Pattern.ON))
        station.press()
        hub.wait_until(lambda: hub.states("bracket")["bracket-0001"] == "requested")

        told = kanban_hub(hub.data, "station", "revoke", "assembly")
        assert "its connection is ended" in told, told
        station.press()
        station.wait_until(lambda: station.outbox == 1)
        station.wait_until(lambda: station.shows("slot-1", Pattern.DOUBLE))
        assert hub.states("bracket")["bracket-0002"] == "full"

        joined(hub, door, config)
        station.wait_until(lambda: station.outbox == 0)
        hub.wait_until(lambda: hub.states("bracket")["bracket-0002"] == "requested")
    finally:
        station.close()
