"""A broker, a hub and stations that know only the contract."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.mosquitto import Mosquitto
from tests.system.contract import ContractStation
from tests.system.hub import HubProcess
from tests.system.station import StationProcess

PLANT = """
site = "plant"

[[stations]]
id = "assembly"
name = "Final assembly"

[[stations]]
id = "paint"
name = "Paint shop"

[[items]]
id = "bracket"
name = "Bracket, left"

[[loops]]
id = "bracket"
item = "bracket"
supplier = "paint"
consumer = "assembly"
container_quantity = 20
cards = 4
steps = ["accept", "ship"]
lead_time_s = 7200
rate_per_hour = 30
duplicate_window_s = 0
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path) as mosquitto:
        yield mosquitto


@pytest.fixture
def plant() -> str:
    """What the hub has loaded; a file of tests may have its own."""
    return PLANT


@pytest.fixture
def hub(tmp_path: Path, broker: Mosquitto, plant: str) -> Iterator[HubProcess]:
    process = HubProcess(tmp_path / "hub", broker)
    process.load(plant)
    try:
        process.start()
        yield process
    finally:
        process.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A person's browser; all its pages are closed at the end."""
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def join(broker: Mosquitto) -> Iterator[Callable[..., ContractStation]]:
    """Gives a station that knows only the contract."""
    joined: list[ContractStation] = []

    def _join(station: str, epoch: str | None = None) -> ContractStation:
        joined.append(ContractStation(broker.port, "plant", station, epoch))
        return joined[-1]

    yield _join
    for station in joined:
        station.close()


@pytest.fixture
def station(tmp_path: Path, broker: Mosquitto) -> Iterator[Callable[[str], StationProcess]]:
    """Gives a station of real firmware on mock pins."""
    started: list[StationProcess] = []

    def _start(name: str) -> StationProcess:
        started.append(StationProcess(tmp_path, name, broker))
        return started[-1]

    yield _start
    for one in started:
        one.close()
