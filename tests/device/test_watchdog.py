"""The whole firmware on a panel and a broker in memory, and what its supervisor hears of it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_device.errors import StoreBrokenError
from kanban_device.outbox import Outbox
from tests.device.plant import Plant


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    opened = Plant(tmp_path)
    opened.program.start()
    opened.turn()
    yield opened
    opened.program.close()


def feeds_in(plant: Plant, seconds: int) -> int:
    """How often the watchdog is fed while time goes on in the steps of a main loop."""
    before = plant.supervisor.said.count("alive")
    for _ in range(seconds * 2):
        plant.turn(0.5)
    return plant.supervisor.said.count("alive") - before


def test_a_station_is_ready_without_a_hub_and_says_when_it_goes(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    plant.broker.stop()
    assert plant.supervisor.said == []
    plant.program.start()
    assert plant.supervisor.said == ["ready"]
    plant.program.close()
    assert plant.supervisor.said[-1] == "stopping"


def test_a_station_that_is_well_feeds_four_times_in_the_watchdogs_time(plant: Plant) -> None:
    assert feeds_in(plant, 20) == 4


def test_a_station_without_hub_and_broker_is_well(plant: Plant) -> None:
    plant.broker.stop()
    assert feeds_in(plant, 300) == 60


def test_a_panel_that_hangs_is_not_fed_for(plant: Plant) -> None:
    hung_s = plant.clock.now_s()
    plant.panel.turn_at_s = lambda: hung_s
    feeds_in(plant, 5)
    assert feeds_in(plant, 300) == 0


def test_a_link_whose_threads_hang_is_not_fed_for(plant: Plant) -> None:
    plant.link.freeze()
    feeds_in(plant, 120)
    assert feeds_in(plant, 300) == 0


def test_presses_that_nobody_reports_any_more_are_not_fed_for(
    plant: Plant, caplog: pytest.LogCaptureFixture
) -> None:
    plant.panel.hears_edges = False
    feeds_in(plant, 5)
    assert feeds_in(plant, 300) == 0
    assert caplog.text.count("not fed: reporting of presses") == 1
    plant.panel.hears_edges = True
    assert feeds_in(plant, 20) == 4
    assert "fed again" in caplog.text


def test_a_main_loop_that_was_late_is_fed_for_at_its_next_turn(plant: Plant) -> None:
    feeds_in(plant, 5)
    before = plant.supervisor.said.count("alive")
    plant.program.turn()
    plant.clock.advance(6.0)
    plant.program.turn()
    assert plant.supervisor.said.count("alive") == before
    plant.program.turn()
    assert plant.supervisor.said.count("alive") == before + 1


def test_the_outbox_is_asked_for_a_real_commit_within_the_minute(plant: Plant) -> None:
    def probes() -> str | None:
        with sqlite3.connect(plant.data / "outbox.db") as outbox:
            row = outbox.execute("SELECT value FROM meta WHERE key = 'probe'").fetchone()
        outbox.close()
        return None if row is None else str(row[0])

    assert probes() is None
    feeds_in(plant, 60)
    assert probes() == ""


def test_a_disk_that_takes_nothing_is_no_reason_to_be_killed(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(_outbox: Outbox) -> None:
        asked.append(1)
        raise StoreBrokenError("the disk is read-only")

    monkeypatch.setattr(Outbox, "probe", refuse)
    assert feeds_in(plant, 100) == 20
    assert asked


def test_its_supervisor_can_say_how_the_station_stands(plant: Plant) -> None:
    plant.greet()
    plant.press()
    plant.turn(2.0)
    assert plant.supervisor.line == "hub heard, store ok, 1 signals wait for their receipt"
