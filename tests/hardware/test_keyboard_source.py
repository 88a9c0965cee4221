"""The scanner's thread on a keyboard of the test's own: what grabbing, typing and unplugging do to it."""

import errno
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from threading import Condition
from time import monotonic

import pytest

from kanban_hardware import keyboard_source
from kanban_hardware.errors import PartError
from kanban_hardware.inputs import Found, Lost, Scanned, ScannerInput, Unreadable, UnreadableReason
from kanban_hardware.keyboard_source import KeyboardSource, input_device
from kanban_hardware.scanner import Scanner
from kanban_hardware.typist import KeyEvent as Key
from kanban_hardware.wiring import ScannerWiring
from tests.hardware.keys import DROPPED, REPORT, typed

DEADLINE_S = 15.0
WIRING = ScannerWiring("/dev/input/by-id/usb-scanner-event-kbd", "keyboard", keymap="de")


class TypingScanner:
    """Implements `Keyboard` and holds the far end of it; it opens again after it was unplugged."""

    def __init__(self) -> None:
        self.is_plugged = True
        self.is_grabbed = False
        self.is_held_by_another = False
        self._events: deque[Key] = deque()
        self._changed = Condition()
        self._bell, self._ring = os.pipe()

    def opened(self, _path: str) -> "TypingScanner":
        if not self.is_plugged:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        return self

    def type(self, events: Iterable[Key]) -> None:
        self._events.extend(events)
        os.write(self._ring, b"!")

    def wait_until_read(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: not self._events, DEADLINE_S)

    def unplug(self) -> None:
        """Once what was typed has been read; a real device takes the rest with it."""
        self.wait_until_read()
        self.is_plugged = False
        os.write(self._ring, b"!")

    def fileno(self) -> int:
        return self._bell

    def grab(self) -> None:
        if self.is_held_by_another:
            raise OSError(errno.EBUSY, "Device or resource busy")
        self.is_grabbed = True

    def read(self) -> list[Key]:
        os.read(self._bell, 1000)
        if not self.is_plugged:
            raise OSError(errno.ENODEV, "No such device")
        with self._changed:
            read = list(self._events)
            self._events.clear()
            self._changed.notify_all()
        return read

    def close(self) -> None:
        self.is_grabbed = False


@pytest.fixture
def keyboard() -> TypingScanner:
    return TypingScanner()


@pytest.fixture
def heard() -> Queue[ScannerInput]:
    return Queue()


@pytest.fixture
def start(keyboard: TypingScanner, heard: Queue[ScannerInput]) -> Iterator[Callable[[], Scanner]]:
    source = KeyboardSource(WIRING, monotonic, keyboard.opened)
    made = Scanner("scanner-1", source, heard.put)

    def started() -> Scanner:
        made.open()
        return made

    yield started
    made.close()


def hear(heard: Queue[ScannerInput]) -> ScannerInput:
    return heard.get(timeout=DEADLINE_S)


def code(taken: ScannerInput) -> str:
    assert isinstance(taken, Scanned)
    return taken.code


def test_what_it_types_is_read_in_its_language(
    start: Callable[[], Scanner], keyboard: TypingScanner, heard: Queue[ScannerInput]
) -> None:
    scanner = start()
    keyboard.type(typed("Bracket-0001", "de"))
    assert code(hear(heard)) == "Bracket-0001"
    assert keyboard.is_grabbed, "or it would type into the console too"
    assert not scanner.is_lost


def test_keys_that_the_kernel_dropped_are_an_unreadable_code_and_the_next_one_is_read(
    start: Callable[[], Scanner], keyboard: TypingScanner, heard: Queue[ScannerInput]
) -> None:
    start()
    keyboard.type([*typed("BRACKET-0001", "de")[:6], DROPPED, REPORT, *typed("T-0001", "de")])
    taken = hear(heard)
    assert isinstance(taken, Unreadable)
    assert taken.reason is UnreadableReason.INCOMPLETE
    keyboard.type(typed("BRACKET-0002", "de"))
    assert code(hear(heard)) == "BRACKET-0002"


def test_unplugged_in_mid_code_it_is_lost_and_comes_back_without_the_half_code(
    start: Callable[[], Scanner], keyboard: TypingScanner, heard: Queue[ScannerInput]
) -> None:
    scanner = start()
    keyboard.type(typed("BRACKET-0001", "de"))
    assert code(hear(heard)) == "BRACKET-0001"
    keyboard.type(typed("BRACK", "de")[:-2])
    keyboard.unplug()
    assert isinstance(hear(heard), Lost)
    assert scanner.is_lost
    keyboard.is_plugged = True
    assert isinstance(hear(heard), Found)
    keyboard.type(typed("ET-0002", "de"))
    assert code(hear(heard)) == "ET-0002"


def test_one_that_another_program_has_grabbed_is_lost_in_clear_words(
    start: Callable[[], Scanner],
    keyboard: TypingScanner,
    heard: Queue[ScannerInput],
    caplog: pytest.LogCaptureFixture,
) -> None:
    keyboard.is_held_by_another = True
    start()
    assert isinstance(hear(heard), Lost)
    assert "usb-scanner-event-kbd is held by another program" in caplog.text
    keyboard.is_held_by_another = False
    assert isinstance(hear(heard), Found)


def test_a_scanner_that_was_never_there_is_lost_until_it_comes(
    start: Callable[[], Scanner], keyboard: TypingScanner, heard: Queue[ScannerInput]
) -> None:
    keyboard.is_plugged = False
    start()
    assert isinstance(hear(heard), Lost)
    keyboard.is_plugged = True
    assert isinstance(hear(heard), Found)


def test_without_evdev_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(keyboard_source, "import_module", absent)
    with pytest.raises(PartError, match="python3-evdev"):
        input_device("/dev/input/event0")
