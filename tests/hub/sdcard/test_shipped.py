"""What travels to a Pi inside the release."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent
BOOT = ROOT / "hub/kanban_hub/sdcard/boot"
UNITS = [path for suffix in ("service", "path", "timer") for path in (ROOT / "device").glob(f"*.{suffix}")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_of_a_station_is_in_its_wheel(unit: Path) -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    included = config["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert included[f"device/{unit.name}"] == f"kanban_device/pi/etc/systemd/system/{unit.name}"


@pytest.mark.parametrize(
    "unit", [path for path in UNITS if "WantedBy" in path.read_text()], ids=lambda path: path.name
)
def test_every_unit_that_starts_by_itself_is_switched_on(unit: Path) -> None:
    assert unit.name in (BOOT / "program.sh").read_text()


def test_every_part_of_the_script_is_read_by_it() -> None:
    parts = {path.stem for path in BOOT.glob("*.sh")} - {"firstboot"}

    (line,) = [
        line for line in (BOOT / "firstboot.sh").read_text().splitlines() if line.startswith("for part in")
    ]
    assert set(line.removeprefix("for part in ").removesuffix("; do").split()) == parts
