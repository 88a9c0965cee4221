"""A station that fails again and again, as its supervisor, its hub and its file know it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_device import config, main, running, service
from kanban_device.blank import Blank
from kanban_device.build import build
from kanban_device.errors import ClimbError
from kanban_device.retreat import FIRST_CLIMB_S, GOOD_AFTER_S, STARTS_MOST, Level, Starts
from kanban_device.service import Retreat, Service
from kanban_protocol.tomlfile import ConfigError
from kanban_protocol.topics import Up
from tests.device.fakes import FakeClock
from tests.device.plant import Plant
from tests.device.test_config import MINIMAL
from tests.fakes.pins import FakePins


def failed(directory: Path, count: int) -> Retreat:
    """After so many starts without a good one."""
    made = Retreat(directory)
    for _ in range(count - 1):
        made = Retreat(directory)
    return made


def test_a_start_is_remembered_before_anything_else_is_done(tmp_path: Path) -> None:
    Retreat(tmp_path / "data")
    assert service.read(tmp_path / "data") == Starts(bad=1)


def test_a_start_counts_as_good_after_a_minute_and_not_before(tmp_path: Path) -> None:
    retreat = failed(tmp_path, STARTS_MOST)
    retreat.turn(GOOD_AFTER_S - 0.1)
    assert service.read(tmp_path).bad == STARTS_MOST
    retreat.turn(GOOD_AFTER_S)
    assert service.read(tmp_path).bad == 0


def test_who_stops_the_station_in_good_order_begins_anew(tmp_path: Path) -> None:
    failed(tmp_path, 3 * STARTS_MOST).end()
    assert Retreat(tmp_path).level is Level.NOTHING


def test_a_part_left_off_is_tried_again_by_a_start_of_its_own(tmp_path: Path) -> None:
    retreat = failed(tmp_path, STARTS_MOST + 1)
    retreat.turn(GOOD_AFTER_S)
    retreat.turn(FIRST_CLIMB_S - 0.1)
    with pytest.raises(ClimbError, match="everything runs"):
        retreat.turn(FIRST_CLIMB_S)
    assert Retreat(tmp_path).level is Level.NOTHING


@pytest.mark.parametrize("content", [b"", b"{", b'{"bad": -1}', b'{"level": 9}', b"[]", b"x" * 9_999])
def test_a_count_of_no_use_leaves_nothing_off(tmp_path: Path, content: bytes) -> None:
    (tmp_path / service.FILE).write_bytes(content)
    assert Retreat(tmp_path).level is Level.NOTHING


def test_a_directory_that_takes_no_count_is_told_and_keeps_nobody_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file where a directory should be")
    assert Retreat(tmp_path / "data").level is Level.NOTHING
    assert "starts are not counted" in caplog.text


def test_who_starts_it_by_hand_wants_all_of_it_and_nothing_is_counted(tmp_path: Path) -> None:
    assert Service().retreat.level is Level.NOTHING
    Service().retreat.turn(1e9)
    Service().retreat.end()


def test_the_hub_is_told_what_is_left_off_and_nothing_where_nothing_is(tmp_path: Path) -> None:
    beats = []
    for count in (1, STARTS_MOST):
        failed(tmp_path, count)
        plant = Plant(tmp_path, Retreat(tmp_path, FakeClock().now_s()))
        plant.program.start()
        plant.turn(2.0)
        beats.append(plant.last(Up.HEARTBEAT))
        plant.program.close()
    assert "retreat" not in beats[0]
    assert beats[1]["retreat"] == 1
    assert plant.supervisor.line.startswith("the scanners are left off; hub ")


SCANNER = """
[hardware.buzzer]
pin = 99
[[hardware.scanners]]
port = "no path"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(MINIMAL.replace('"data"', f'"{tmp_path / "data"}"').replace(":1883", ":9") + SCANNER)
    return path


def test_a_faulty_part_of_the_file_is_left_off_with_the_part(file: Path) -> None:
    for level, faulty in ((Level.NOTHING, {"scanners", "buzzer"}), (Level.SCANNERS, {"buzzer"})):
        with pytest.raises(ConfigError) as caught:
            config.load(file, level)
        assert {fault.where.split(".")[1].split("[")[0] for fault in caught.value.faults} == faulty
    assert config.load(file, Level.EXTRAS).hardware.slots
    assert not config.load(file, Level.HARDWARE).hardware.slots


def test_a_fault_of_the_file_counts_as_a_bad_start_until_the_station_runs_without_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kanban_protocol.logs.configure", lambda _form: None)  # pytest's own log is read
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    started = []

    def made(loaded: config.StationConfig, **_: object) -> _Ended:
        started.append(loaded)
        return _Ended()

    monkeypatch.setattr(running, "build", made)
    codes = [
        CliRunner().invoke(main.main, ["run", "--config", str(file)]).exit_code
        for _ in range(2 * STARTS_MOST + 1)
    ]
    assert codes == [2] * (2 * STARTS_MOST) + [0]
    assert started[0].hardware.slots
    assert not started[0].hardware.scanners
    assert "hardware.scanners[0].port" in caplog.text, "what is left off is told as well"


class _Ended:
    """A program that is stopped at once."""

    def run(self, _stop: object) -> None: ...

    def close(self) -> None: ...


def test_without_any_hardware_the_outbox_is_still_delivered(file: Path, tmp_path: Path) -> None:
    loaded = config.load(file, Level.HARDWARE)
    program = build(loaded, clock=FakeClock())
    assert isinstance(program._parts.panel, Blank)
    program.start()
    program.turn()
    assert program.shown() == {}
    program.close()


def test_the_outbox_is_listed_with_what_is_left_off(file: Path, tmp_path: Path) -> None:
    file.write_text(file.read_text().replace(SCANNER, ""))
    failed(tmp_path / "data", STARTS_MOST + 1)
    build(config.load(file), FakePins()).close()
    for command, code in (("outbox", 0), ("check", 1)):
        arguments = [command, "--config", str(file)] + (["--no-hub"] if command == "check" else [])
        result = CliRunner().invoke(main.main, arguments)
        assert result.exit_code == code, result.output
        assert "failed again and again: the scanners are left off" in result.output


def test_the_count_is_a_small_file_that_people_can_read(tmp_path: Path) -> None:
    failed(tmp_path, STARTS_MOST + 1)
    assert json.loads((tmp_path / service.FILE).read_bytes()) == {
        "release": 0,
        "bad": 1,
        "level": 1,
        "climbs": 0,
    }
