from pathlib import Path

import pytest

from kanban_hub.releases.collection import Target, needed, own_wheel
from kanban_hub.releases.errors import CollectError
from kanban_hub.releases.wheel import described
from tests.wheels import write_wheel

NEEDS = (
    "click>=8.1",
    "lgpio>=0.2.2; sys_platform == 'linux' and python_version < '3.13' and extra == 'station'",
    "gpiozero>=2; extra == 'station'",
    "flask>=3; extra == 'hub'",
)


def test_conditions_are_judged_for_the_station_and_not_for_this_machine(tmp_path: Path) -> None:
    own = write_wheel(tmp_path, "kanban_signal_station", "0.3.0", needs=NEEDS)

    assert needed(own, Target((3, 11), "aarch64")) == ["click>=8.1", "lgpio>=0.2.2", "gpiozero>=2"]
    assert needed(own, Target((3, 13), "aarch64")) == ["click>=8.1", "gpiozero>=2"]


def test_a_release_has_exactly_one_wheel_of_its_own_project(tmp_path: Path) -> None:
    with pytest.raises(CollectError, match="0 wheels of kanban-signal-station"):
        own_wheel(tmp_path)
    write_wheel(tmp_path, "kanban_signal_station", "0.3.0")
    assert own_wheel(tmp_path).name == "kanban_signal_station-0.3.0-py3-none-any.whl"
    write_wheel(tmp_path, "kanban_signal_station", "0.3.1")
    with pytest.raises(CollectError, match="2 wheels"):
        own_wheel(tmp_path)


@pytest.mark.parametrize(
    ("tag", "python", "machine"),
    [
        ("py3-none-any", "py3", "any"),
        ("py2.py3-none-any", "py3", "any"),
        ("cp313-cp313-manylinux2014_aarch64.manylinux_2_17_aarch64", "cp313", "aarch64"),
        ("cp311-abi3-manylinux_2_34_aarch64", "cp311+", "aarch64"),
        ("cp311-cp311-linux_armv7l", "cp311", "armv7l"),
        ("py3-none-manylinux_2_17_x86_64", "py3", "x86_64"),
    ],
)
def test_where_a_wheel_can_be_installed_is_read_from_its_name(
    tmp_path: Path, tag: str, python: str, machine: str
) -> None:
    file = described(write_wheel(tmp_path, "some", "1.0", tag=tag))

    assert (file.python, file.machine) == (python, machine)


@pytest.mark.parametrize("tag", ["py2-none-any", "cp39.cp311-cp311-linux_armv7l"])
def test_a_wheel_for_no_or_for_several_pythons_is_refused(tmp_path: Path, tag: str) -> None:
    with pytest.raises(CollectError):
        described(write_wheel(tmp_path, "some", "1.0", tag=tag))
