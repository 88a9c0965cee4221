"""A station that starts on a disk that can only be read."""

import os
from pathlib import Path

import pytest

from kanban_device import spare
from kanban_device.errors import DataLockedError, DataUnusableError
from kanban_device.lock import Lock
from tests.device.fakes import crash
from tests.device.plant import Plant


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory in which one signal waits, left by a kill."""
    plant = Plant(tmp_path / "data")
    plant.program.start()
    plant.turn()
    plant.greet()
    plant.press()
    crash(plant.data, plant.program._parts.outbox)
    plant.program.close()
    return plant.data


def turn_read_only(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    real = os.statvfs

    def statvfs(path: Path) -> os.statvfs_result:
        found = real(path)
        return os.statvfs_result((*found[:8], os.ST_RDONLY, *found[9:])) if path == directory else found

    monkeypatch.setattr(os, "statvfs", statvfs)


def test_what_waits_is_sent_lamps_work_and_a_press_is_refused_by_the_lamps(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    turn_read_only(monkeypatch, data)
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    plant = Plant(data)
    plant.program.start()
    plant.turn()
    plant.greet()
    assert {(signal.epoch, signal.seq) for signal in plant.signals} == {(before["outbox.epoch"].decode(), 1)}
    plant.receipt(plant.signals[0])
    assert plant.program.view.outbox == 0
    plant.press()
    plant.turn(2.0)
    assert plant.panel.did[-1:] == ["beep long"]
    assert plant.panel.lamps["slot-1"].value == "double"
    assert plant.panel.lamps["red"].value == "fast"
    plant.program.close()
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


def test_two_stations_on_one_such_directory_are_refused_too(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_read_only(monkeypatch, data)
    with Lock(data, is_read_only=True), pytest.raises(DataLockedError):
        Plant(data)


def test_without_any_place_in_memory_it_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/nowhere")
    with pytest.raises(DataUnusableError):
        spare.copy(data)


def test_a_directory_that_is_not_there_is_not_called_read_only(tmp_path: Path) -> None:
    assert not spare.is_read_only(tmp_path / "gone")
    assert not spare.is_read_only(tmp_path)
