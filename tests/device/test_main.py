"""The program as its user has it: what it prints, and how it exits."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from kanban_device.build import build
from kanban_device.lock import Lock
from kanban_device.main import main
from tests.device.fakes import FakeClock, config_in
from tests.device.test_config import MINIMAL
from tests.fakes.pins import FakePins


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(MINIMAL.replace('"data"', f'"{tmp_path / "data"}"').replace(":1883", ":9"))
    return path


def call(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_check_tells_each_part_in_a_line_and_all_is_well(file: Path) -> None:
    result = call("check", "--no-hub", "--config", file)
    assert result.exit_code == 0, result.output
    assert re.findall(r"^(\w+) +(button )?([\w-]+):", result.output, re.MULTILINE)
    assert "button slot-1: GPIO 17 is open" in result.output


def test_a_faulty_file_is_told_whole_and_ends_with_2(file: Path) -> None:
    file.write_text(file.read_text().replace("slot = 1", "slot = 9").replace("mqtt://", "ftp://"))
    for command in ("check", "run", "outbox"):
        result = call(command, "--config", file)
        assert result.exit_code == 2
        assert "mqtt.url" in result.output
        assert "hardware.slots[0].slot" in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["run", "outbox"])
def test_what_fails_is_told_in_words_and_ends_with_1(file: Path, command: str) -> None:
    (file.parent / "data").write_text("a file where a directory should be")
    result = call(command, "--config", file)
    assert result.exit_code == 1
    assert str(file.parent / "data") in result.output
    assert "Traceback" not in result.output


def test_a_station_that_already_runs_is_told(file: Path) -> None:
    (file.parent / "data").mkdir()
    with Lock(file.parent / "data"):
        assert "another kanban-station" in call("run", "--config", file).output
        assert call("check", "--no-hub", "--config", file).exit_code == 0


def test_the_outbox_is_listed_beside_a_running_station(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(MINIMAL.replace('"data"', f'"{tmp_path / "data"}"'))
    program = build(replace(config_in(tmp_path / "data")), FakePins())
    clock = FakeClock()
    program._parts.outbox.put("pull", '{"loop":"bracket"}', "id-1", clock.stamp(clock.now_s()))
    result = call("outbox", "--config", path)
    program.close()
    assert result.exit_code == 0
    assert "1 signals wait" in result.output
    assert "pull" in result.output


def start(file: Path, *more: str) -> "subprocess.Popen[str]":
    command = (sys.executable, "-m", "kanban_device", "run", "--config", str(file), *more)
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_running_station_ends_in_good_order_at_a_signal(file: Path, number: signal.Signals) -> None:
    process = start(file, "--log", "json")
    assert process.stderr
    for line in process.stderr:
        if "station started" in line:
            assert line.startswith('{"at": "')
            process.send_signal(number)
            break
    rest = process.stderr.read()
    assert process.wait(20.0) == 0
    assert "station stopped" in rest
    process.stderr.close()
