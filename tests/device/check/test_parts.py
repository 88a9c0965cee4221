"""What is found at parts beside the pins: scanners that type, and the display."""

import errno
from collections.abc import Iterable
from pathlib import Path

import pytest

from kanban_device.check import display, scanners
from kanban_device.check.finding import Finding
from kanban_hardware.errors import PartError
from kanban_hardware.keyboard_source import Keyboard
from kanban_hardware.wiring import DisplayWiring, ScannerWiring, Wiring
from tests.device.check.scenes import only, scene_in

PORT = "/dev/input/by-id/usb-Wedge-event-kbd"


class PaperKeyboard:
    """Implements `Keyboard`; somebody else may have grabbed it."""

    def __init__(self, *, is_taken: bool = False) -> None:
        self.is_taken = is_taken
        self.is_open = True

    def fileno(self) -> int:
        return -1

    def grab(self) -> None:
        if self.is_taken:
            raise OSError(errno.EBUSY, "Device or resource busy")

    def read(self) -> Iterable[object]:
        return ()

    def close(self) -> None:
        self.is_open = False


def wedge(folder: Path, opened: PaperKeyboard | Exception, *, is_there: bool = True) -> Finding:
    scanner = ScannerWiring(port=PORT, kind="keyboard")
    scene, machine = scene_in(folder, hardware=Wiring(scanners=(scanner,)))
    if is_there:
        machine.write(PORT)

    def open_device(_path: str) -> Keyboard:
        if isinstance(opened, Exception):
            raise opened
        return opened

    return scanners.keyboard(scene, "scanner-1", scanner, open_device)


def test_a_scanner_that_types_is_taken_once_and_given_back(tmp_path: Path) -> None:
    keyboard = PaperKeyboard()
    assert wedge(tmp_path, keyboard).text == f"{PORT} is there and free"
    assert not keyboard.is_open


@pytest.mark.parametrize(
    ("opened", "text", "remedy"),
    [
        (PaperKeyboard(is_taken=True), "is held by another program", "fuser"),
        (PartError("evdev is not installed", "Install python3-evdev"), "evdev", "python3-evdev"),
        (OSError(errno.ENODEV, "No such device"), "No such device", "by-id"),
    ],
)
def test_a_scanner_that_types_and_cannot_be_had_is_found(
    tmp_path: Path, opened: PaperKeyboard | Exception, text: str, remedy: str
) -> None:
    found = wedge(tmp_path, opened)
    assert found.is_bad
    assert text in found.text
    assert remedy in found.remedy


def test_a_scanner_that_types_and_is_not_there_is_found(tmp_path: Path) -> None:
    assert "is not there" in wedge(tmp_path, PaperKeyboard(), is_there=False).text


class PaperScreen:
    """Implements what of `Screen` is looked at."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.is_open = False

    def open(self) -> None:
        if self.error is not None:
            raise self.error
        self.is_open = True

    def compose(self, lines: tuple[str, ...]) -> int:
        return 1

    def show(self, page: int) -> None:
        raise AssertionError("nothing is drawn by a look")

    def close(self) -> None:
        self.is_open = False


def shown(folder: Path, screen: PaperScreen, luma: str | None = "3.13", *, has_bus: bool = True) -> Finding:
    scene, machine = scene_in(folder, hardware=Wiring(display=DisplayWiring()))
    if has_bus:
        machine.write("/dev/i2c-1")
    return only(display.look(scene, lambda _package: luma, lambda _wiring: screen))


def test_a_display_that_answers_is_well_and_given_back(tmp_path: Path) -> None:
    screen = PaperScreen()
    assert shown(tmp_path, screen).text == "answers at 0x3c on /dev/i2c-1"
    assert not screen.is_open


def test_a_display_without_library_bus_or_answer_is_found(tmp_path: Path) -> None:
    assert "luma.oled is not installed" in shown(tmp_path / "a", PaperScreen(), None).text
    assert "raspi-config" in shown(tmp_path / "b", PaperScreen(), has_bus=False).remedy
    silent = shown(tmp_path / "c", PaperScreen(PartError("I2C device not found on address: 0x3C")))
    assert "i2cdetect -y 1" in silent.remedy
    assert silent.is_bad
