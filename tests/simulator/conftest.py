"""A broker and real firmware in processes of their own."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_device.config import MqttTable, StationConfig, StationTable
from kanban_hardware.wiring import DEFAULT_WIRING, ScannerWiring
from kanban_simulator.broker import Broker
from kanban_simulator.station import VirtualStation
from tests.waiting import until


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def station(tmp_path: Path, broker: Broker) -> Iterator[VirtualStation]:
    made = VirtualStation(config(tmp_path, broker.url), tmp_path, tmp_path / "station.log")
    until(lambda: made.state().slots["1"] == "double", "the firmware's first lamps")
    yield made
    made.close()


def config(folder: Path, url: str) -> StationConfig:
    """Four slots, everything else, and a scanner."""
    return StationConfig(
        station=StationTable(id="assembly", site="plant", data=str(folder / "data")),
        mqtt=MqttTable(url=url),
        hardware=dataclasses.replace(DEFAULT_WIRING, scanners=(ScannerWiring(port="/dev/scanner"),)),
    )
