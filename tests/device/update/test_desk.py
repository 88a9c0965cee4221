"""What the station itself does with the hub's order to run another release."""

from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

from kanban_device.arrivals import CommandArrived
from kanban_device.effects import Update
from kanban_device.update import request
from kanban_device.update.desk import UpdateDesk
from kanban_device.update.layout import Layout, running_release
from kanban_device.update.request import Request
from kanban_device.vitals import Monitor, read
from kanban_protocol.messages import (
    Command,
    CommandKind,
    UpdateFault,
    UpdateReport,
    UpdateStep,
)
from kanban_protocol.topics import Down, Up
from tests.device.bench import Bench
from tests.device.plant import Plant

ID = "0198f2c4-9d30-7def-8abc-ba9876543210"


def command(release: str | None, *, force: bool = False) -> Command:
    return Command(v=1, id=ID, command=CommandKind.UPDATE, release=release, force=force)


def refused(number: int, fault: UpdateFault) -> UpdateReport:
    return UpdateReport(release=number, step=UpdateStep.REFUSED, fault=fault)


def told_by(desk: UpdateDesk) -> UpdateReport | None:
    report = desk.report
    return None if report is UNSET else report


@pytest.fixture
def desk(tmp_path: Path) -> UpdateDesk:
    return UpdateDesk(tmp_path, (11, tmp_path / "opt"))


def test_only_a_number_comes_through() -> None:
    def asked(release: str | None) -> list[object]:
        return list(Bench().take(CommandArrived(command(release)), 0.0))

    assert asked("12") == [Update(12, force=False)]
    assert [asked(wrong) for wrong in (None, "012", "-1", "a", "1-2", "0", "9" * 11)] == [[]] * 7


def test_an_order_is_left_for_the_updater(tmp_path: Path, desk: UpdateDesk) -> None:
    desk.ask(12, force=False, unsent=0)

    assert request.read(tmp_path) == Request(release=12)
    assert told_by(desk) is None


def test_unsent_signals_refuse_an_order_that_is_not_forced(tmp_path: Path, desk: UpdateDesk) -> None:
    desk.ask(12, force=False, unsent=1)

    assert request.read(tmp_path) is None
    assert told_by(desk) == refused(12, UpdateFault.UNSENT)

    desk.ask(12, force=True, unsent=1)
    assert request.read(tmp_path) == Request(release=12, force=True)
    assert told_by(desk) is None


def test_what_the_updater_tells_is_told_to_the_hub(tmp_path: Path, desk: UpdateDesk) -> None:
    told = UpdateReport(release=12, step=UpdateStep.RETURNED, fault=UpdateFault.NOT_WELL)
    place = Layout(tmp_path / "opt")
    place.root.mkdir()

    place.report.write_bytes(msgspec.json.encode(told))
    assert told_by(desk) == told
    place.report.write_bytes(b"null")
    assert told_by(desk) is None
    place.report.write_bytes(b"rubbish")
    assert told_by(desk) is None


def test_a_program_that_no_release_has_installed_refuses(tmp_path: Path) -> None:
    desk = UpdateDesk(tmp_path, None)

    desk.ask(12, force=True, unsent=0)

    assert desk.release is UNSET
    assert told_by(desk) == refused(12, UpdateFault.UNABLE)
    assert request.read(tmp_path) is None


def test_the_release_is_known_from_where_the_program_lies() -> None:
    assert running_release("/opt/kanban-station/releases/12") == (12, Path("/opt/kanban-station"))
    assert running_release("/home/me/.venv") is None
    assert running_release("/opt/releases/new") is None


def test_the_heartbeat_says_nothing_of_releases_where_there_are_none(tmp_path: Path) -> None:
    plant = Plant(tmp_path)
    plant.program.start()
    plant.turn()
    plant.greet()
    plant.turn(10)
    assert not {"release", "update"} & set(plant.last(Up.HEARTBEAT))

    plant.say(Down.COMMAND, command("12"), retain=False)
    plant.turn(10)
    plant.program.close()

    assert plant.last(Up.HEARTBEAT)["update"] == {"release": 12, "step": "refused", "fault": "unable"}


def test_a_station_shows_how_it_is(tmp_path: Path) -> None:
    monitor = Monitor(tmp_path / "vitals.json", 12, 100.0)

    monitor.show(160.0, outbox=0, panel=True, linked=True)
    monitor.show(170.0, outbox=None, panel=False, linked=False)

    shown = read(tmp_path / "vitals.json")
    assert shown is not None
    assert (shown.release, shown.up_s, shown.outbox, shown.panel) == (12, 70.0, None, False)
    assert (shown.linked, shown.beats) == (False, 1)


def test_where_nobody_looks_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    Monitor.of_this_process(0.0).show(1.0, outbox=0, panel=True, linked=True)
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    Monitor.of_this_process(0.0).show(1.0, outbox=0, panel=True, linked=True)

    assert [path.name for path in tmp_path.iterdir()] == ["vitals.json"]
