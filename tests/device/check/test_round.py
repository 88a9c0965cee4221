"""The round as a whole: everything at once, within its time, and told for people and for machines."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner, Result

from kanban_device.check import command
from kanban_device.check import round as rounds
from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene
from kanban_device.main import main
from kanban_device.tryout import tour
from tests.device.check.scenes import by_part, only, scene_in
from tests.device.fakes import FakeClock, config_in
from tests.device.test_config import MINIMAL
from tests.fakes.pins import FakePins

README = Path(__file__).parents[3] / "device" / "README.md"


def call(path: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["check", "--config", str(path), "--no-hub", *more])


def file_in(folder: Path, text: str = MINIMAL) -> Path:
    path = folder / "station.toml"
    path.write_text(text.replace('"data"', f'"{folder / "data"}"'))
    return path


def test_every_part_of_a_station_is_looked_at(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    found = by_part(rounds.look(scene, lambda _wiring: FakePins(), FakeClock(), without={"hub"}))
    assert {"user", "gpiochip", "button quality", "lamp green", "buzzer", "data", "disk", "clock"} <= set(
        found
    )


def test_the_readme_names_everything_that_is_looked_at() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \|", README.read_text().partition("## What check looks at")[2], re.MULTILINE
    )
    looked_at = rounds.looks(lambda _wiring: FakePins(), FakeClock())
    assert rows[: len(looked_at) + 1] == ["file", *looked_at]


def test_a_look_that_hangs_is_told_and_left_behind(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    never = Event()

    def hang(_scene: Scene) -> Iterator[Finding]:
        never.wait()
        yield fail("never", "", "")

    found = rounds.make(scene, {"disk": hang, "clock": lambda _scene: [Finding("clock", "sync")]}, 2.0)
    never.set()
    assert [(finding.part, finding.is_bad) for finding in found] == [("disk", True), ("clock", False)]


def test_a_look_that_breaks_is_a_line_and_no_traceback(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)

    def broken(_scene: Scene) -> Iterator[Finding]:
        yield Finding("disk", "seen before")
        raise ValueError("what nobody thought of")

    seen, told = rounds.make(scene, {"disk": broken}, 5.0)
    assert seen.text == "seen before"
    assert "ValueError: what nobody thought of" in told.text


def test_beside_a_running_station_its_pins_are_left_alone(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    running = Scene(scene.config, scene.machine, "kanban-station run")
    found = by_part(rounds.look(running, lambda _wiring: FakePins(), FakeClock(), without={"hub"}))
    assert found["station"].remedy
    assert "lamp slot-1" not in found


def test_lines_end_with_a_count(tmp_path: Path) -> None:
    result = call(file_in(tmp_path))
    assert result.exit_code == 0, result.output
    assert result.output.rstrip().endswith("0 to mend")


def test_machines_get_the_same_as_json(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a directory should be")
    result = call(file_in(tmp_path), "--json")
    told = json.loads(result.output)
    assert result.exit_code == 1
    assert told["verdict"] == "fail"
    bad = only(row for row in told["findings"] if row["verdict"] == "fail")
    assert bad["part"] == "data"
    assert bad["remedy"]


def test_machines_get_the_faults_of_the_file_as_json_too(tmp_path: Path) -> None:
    result = call(
        file_in(tmp_path, MINIMAL.replace("slot = 1", "slot = 9").replace("mqtt://", "ftp://")), "--json"
    )
    assert result.exit_code == 2
    assert {row["part"] for row in json.loads(result.output)["findings"]} == {
        "mqtt.url",
        "hardware.slots[0].slot",
    }


def test_before_the_test_by_hand_no_pin_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def look(_scene: Scene, without: set[str]) -> list[Finding]:
        seen.append(without)
        return []

    monkeypatch.setattr(rounds, "look", look)
    monkeypatch.setattr(tour, "invite", lambda *_args: [])
    monkeypatch.setattr(command, "TerminalDesk", lambda: None)
    call(file_in(tmp_path), "--interactive")
    call(file_in(tmp_path))
    assert seen == [{"hub", "pins"}, {"hub"}]


def test_relative_paths_are_made_absolute_before_anything_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scene = rounds.scene(config_in(Path("data")), Path("station.toml"))
    assert (scene.config.data, scene.file) == (tmp_path / "data", tmp_path / "station.toml")
