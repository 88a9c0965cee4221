"""The units against the code: whoever renames a place or a command renames it in both."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from kanban_device.config import load
from kanban_device.main import main
from kanban_device.update.layout import Layout
from kanban_device.update.request import FILE

DEVICE = Path(__file__).parents[3] / "device"
LAYOUT = Layout()
COMMANDS = re.compile(rf"{LAYOUT.updater}/bin/kanban-station ([^'\n]+)")


def unit(name: str) -> str:
    return (DEVICE / name).read_text()


def test_the_updater_is_started_by_a_request_and_by_a_trial() -> None:
    data = load(DEVICE / "station.example.toml").data
    watched = re.findall(r"^PathExists=(.+)$", unit("kanban-station-update.path"), re.MULTILINE)

    assert watched == [str(data / FILE), str(LAYOUT.trial)]


def test_the_units_call_the_updater_of_the_release_that_has_proved_itself() -> None:
    serving, counting = unit("kanban-station-update.service"), unit("kanban-station.service.d/trial.conf")
    called = [*COMMANDS.findall(serving), *COMMANDS.findall(counting)]

    assert called == ["update serve", "update start"]
    for words in map(shlex.split, called):
        assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0
    assert f"test ! -e {LAYOUT.trial} ||" in counting, "without a trial nothing is started"


def test_the_updater_may_write_where_it_has_to() -> None:
    data = load(DEVICE / "station.example.toml").data

    assert f"ReadWritePaths={LAYOUT.root} {data}\n" in unit("kanban-station-update.service")


def test_the_station_starts_what_the_link_leads_to() -> None:
    assert f"ExecStart={LAYOUT.current}/bin/kanban-station run" in unit("kanban-station.service")
