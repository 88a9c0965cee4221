"""What is found at the pins: libraries, chips, contacts, lamps."""

import os
from pathlib import Path

import pytest

from kanban_device.check import chip, factory, pins
from kanban_device.check.chip import Chip
from kanban_device.check.finding import Finding
from kanban_hardware.errors import PinsUnavailableError
from kanban_hardware.pins import Pins
from kanban_hardware.wiring import Wiring
from tests.device.check.scenes import by_part, only, scene_in
from tests.fakes.pins import FakePins

GOOD = {"gpiozero": "2.0.1.post3", "lgpio": "0.2.2.0"}


def tried(folder: Path, made: Pins, users: dict[int, str] | None = None) -> dict[str, Finding]:
    scene, _ = scene_in(folder)
    return by_part(pins.look(scene, lambda _wiring: made, lambda _scene: users or {}))


def test_pins_that_do_as_they_should_are_well(tmp_path: Path) -> None:
    found = tried(tmp_path, FakePins())
    assert found["button slot-1"].text == "GPIO 17 is open"
    assert found["lamp red"].text == "GPIO 6 follows"
    assert not any(finding.is_bad for finding in found.values())


def test_a_button_that_is_closed_when_nobody_presses_is_found(tmp_path: Path) -> None:
    made = FakePins()
    made.stuck[17] = False
    found = tried(tmp_path, made)["button slot-1"]
    assert found.is_bad
    assert "short" in found.remedy


@pytest.mark.parametrize(
    ("level", "text"), [(False, "stays low when driven high"), (True, "stays high when driven low")]
)
def test_a_lamp_whose_pin_does_not_follow_is_found(tmp_path: Path, level: bool, text: str) -> None:
    made = FakePins()
    made.stuck[22] = level
    found = tried(tmp_path, made)["lamp slot-1"]
    assert found.is_bad
    assert text in found.text


def test_every_lamp_is_dark_after_the_look(tmp_path: Path) -> None:
    made = FakePins()
    tried(tmp_path, made)
    assert {pin for pin, _ in made.drives} == {22, 23, 25, 20, 6, 13, 19}
    assert not any(dict(made.drives).values())


def test_a_pin_that_another_program_has_is_told_with_its_name(tmp_path: Path) -> None:
    made = FakePins()
    made.broken = {22, 6}
    found = tried(tmp_path, made, {22: "spi0 CS0"})
    assert found["lamp slot-1"].text == "GPIO 22 is taken by spi0 CS0"
    assert found["lamp red"].is_bad
    assert not found["lamp amber"].is_bad


def test_no_pins_at_all_is_one_fault_with_its_remedy(tmp_path: Path) -> None:
    def none(_wiring: Wiring) -> Pins:
        raise PinsUnavailableError("no chip", "Run on a Raspberry Pi")

    scene, _ = scene_in(tmp_path)
    found = only(pins.look(scene, none, lambda _scene: {}))
    assert found.is_bad
    assert "Run on a Raspberry Pi" in found.text


def test_lgpio_gets_a_place_for_its_pipe_where_nobody_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LG_WD", raising=False)
    with pins.workplace():
        folder = Path(os.environ["LG_WD"])
        (folder / "pipe").touch()
    assert "LG_WD" not in os.environ
    assert not folder.exists()


def test_libraries_of_this_release_are_well(tmp_path: Path) -> None:
    scene, _ = scene_in(tmp_path)
    assert not any(f.remedy for f in factory.look(scene, GOOD.get, (3, 11)))


@pytest.mark.parametrize(
    ("python", "found", "remedy"),
    [
        ((3, 11), None, "pip install"),
        ((3, 11), "0.0.0.2", "pip install"),
        ((3, 13), None, "sudo apt install python3-lgpio"),
        ((3, 13), "0.0.0.2", "--system-site-packages"),
    ],
)
def test_lgpio_missing_or_a_placeholder_is_found(
    tmp_path: Path, python: tuple[int, int], found: str | None, remedy: str
) -> None:
    scene, _ = scene_in(tmp_path)
    told = by_part(factory.look(scene, (GOOD | {"lgpio": found}).get, python))["lgpio"]
    assert told.is_bad
    assert remedy in told.remedy


@pytest.mark.parametrize("version", [None, "1.6.2", "2.0.1", "2.0.1.post1"])
def test_a_gpiozero_that_does_not_serve_every_pi_is_found(tmp_path: Path, version: str | None) -> None:
    scene, _ = scene_in(tmp_path)
    assert by_part(factory.look(scene, (GOOD | {"gpiozero": version}).get, (3, 11)))["gpiozero"].is_bad


def test_a_working_directory_that_lgpio_cannot_write_is_found(tmp_path: Path) -> None:
    scene, machine = scene_in(tmp_path)
    machine.environment = {"LG_WD": str(tmp_path / "nowhere")}
    assert by_part(factory.look(scene, GOOD.get, (3, 11)))["LG_WD"].is_bad
    machine.environment = {"LG_WD": str(tmp_path)}
    assert not by_part(factory.look(scene, GOOD.get, (3, 11)))["LG_WD"].is_bad


def asking(chips: dict[str, Chip | OSError]) -> "chip.Ask":
    def ask(path: Path) -> Chip:
        found = chips[path.name]
        if isinstance(found, OSError):
            raise found
        return found

    return ask


def chips_in(folder: Path, chips: dict[str, Chip | OSError], model: str = "Raspberry Pi 4") -> Finding:
    scene, machine = scene_in(folder)
    machine.write("/proc/device-tree/model", f"{model}\0")
    for name in chips:
        machine.write(f"/dev/{name}")
    return only(chip.look(scene, asking(chips)))


def test_a_machine_without_chips_is_told_so(tmp_path: Path) -> None:
    assert "no /dev/gpiochip" in chips_in(tmp_path, {}).text


@pytest.mark.parametrize(
    ("chips", "name"),
    [
        ({"gpiochip0": "pinctrl-bcm2711", "gpiochip1": "raspberrypi-exp-gpio"}, "gpiochip0"),
        ({"gpiochip0": "pinctrl-rp1", "gpiochip10": "gpio-brcmstb@107d508500"}, "gpiochip0"),
        ({"gpiochip0": "gpio-brcmstb@107d508500", "gpiochip4": "pinctrl-rp1"}, "gpiochip4"),
    ],
)
def test_the_chip_of_the_header_is_found_by_its_label(
    tmp_path: Path, chips: dict[str, str], name: str
) -> None:
    found = chips_in(tmp_path, {file: Chip(label, 54, {}) for file, label in chips.items()})
    assert not found.remedy
    assert f"{name} is" in found.text


def test_a_header_that_gpiozero_would_not_open_is_found(tmp_path: Path) -> None:
    found = chips_in(
        tmp_path, {"gpiochip0": Chip("gpio-brcmstb", 32, {}), "gpiochip5": Chip("pinctrl-rp1", 54, {})}
    )
    assert found.is_bad
    assert "gpiochip5" in found.text


def test_a_board_that_is_no_pi_is_noted_with_its_chips(tmp_path: Path) -> None:
    found = chips_in(tmp_path, {"gpiochip0": Chip("9030000.pl061", 8, {})}, "linux,dummy-virt")
    assert not found.is_bad
    assert "9030000.pl061" in found.text


def test_a_chip_that_may_not_be_opened_names_the_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanban_device.check.machine.group_name", lambda _number: "gpio")
    found = chips_in(tmp_path, {"gpiochip0": PermissionError(13, "Permission denied")})
    assert found.is_bad
    assert "--groups gpio kanban" in found.remedy


GONE = FileNotFoundError(2, "No such file or directory")


@pytest.mark.parametrize(
    ("first", "fourth", "expected"),
    [
        (Chip("gpio-brcmstb", 32, {17: "fan"}), Chip("pinctrl-rp1", 54, {22: "lg"}), {22: "lg"}),
        (Chip("pinctrl-bcm2711", 58, {22: "lg"}), GONE, {22: "lg"}),
        (Chip("9030000.pl061", 8, {3: "gpio-keys"}), GONE, {3: "gpio-keys"}),
        (GONE, GONE, {}),
    ],
)
def test_who_has_a_line_is_asked_of_the_chip_that_gpiozero_opens(
    tmp_path: Path, first: Chip | OSError, fourth: Chip | OSError, expected: dict[int, str]
) -> None:
    scene, _ = scene_in(tmp_path)
    assert chip.users(scene, asking({"gpiochip0": first, "gpiochip4": fourth})) == expected
