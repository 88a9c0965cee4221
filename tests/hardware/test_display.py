"""The display's thread with a screen of the test's own: it never holds anybody up and is never the end."""

import threading
from collections.abc import Callable
from queue import Queue

import pytest

from kanban_hardware import display
from kanban_hardware.display import Display
from kanban_hardware.errors import PartError
from kanban_hardware.inputs import Found, Lost, PartInput

DEADLINE_S = 10.0


class FakeScreen:
    """Implements `Screen`: two lines a page. A test breaks it and waits for what it draws."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, ...]] = []
        self.is_open = False
        self.is_broken = False
        self.is_hanging = threading.Event()
        self.is_hanging.set()
        self._lines: tuple[str, ...] = ()
        self._changed = threading.Condition()

    def open(self) -> None:
        if self.is_broken:
            raise PartError("no device at 0x3c")
        self.is_open = True

    def compose(self, lines: tuple[str, ...]) -> int:
        self._lines = lines
        return max(1, -(-len(lines) // 2))

    def show(self, page: int) -> None:
        self.is_hanging.wait()
        if self.is_broken:
            raise OSError(121, "Remote I/O error")
        with self._changed:
            self.drawn.append(self._lines[2 * page : 2 * page + 2])
            self._changed.notify_all()

    def close(self) -> None:
        self.is_open = False

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, DEADLINE_S)


def is_lost(shown: Display) -> bool:
    return shown.is_lost


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "PAGE_S", 0.02)
    monkeypatch.setattr(display, "BACKOFF_S", (0.02,))


def test_what_was_written_last_is_shown() -> None:
    screen, heard = FakeScreen(), Queue[PartInput]()
    shown = Display(screen, heard.put)
    shown.write(("old",))
    shown.write(("new",))
    shown.open()
    screen.wait(lambda: ("new",) in screen.drawn)
    assert ("old",) not in screen.drawn
    shown.close()
    assert not screen.is_open
    assert heard.empty()


def test_more_than_fits_is_turned_page_by_page() -> None:
    screen = FakeScreen()
    shown = Display(screen, lambda _: None)
    shown.open()
    shown.write(("a", "b", "c"))
    screen.wait(lambda: screen.drawn[-3:] == [("a", "b"), ("c",), ("a", "b")])
    shown.close()


def test_a_display_that_fails_is_lost_once_and_shows_the_newest_when_it_is_back() -> None:
    screen, heard = FakeScreen(), Queue[PartInput]()
    screen.is_broken = True
    shown = Display(screen, heard.put)
    shown.open()
    lost = heard.get(timeout=DEADLINE_S)
    assert isinstance(lost, Lost)
    assert lost.part == "display"
    assert is_lost(shown)
    shown.write(("written meanwhile",))
    screen.is_broken = False
    assert isinstance(heard.get(timeout=DEADLINE_S), Found)
    screen.wait(lambda: screen.drawn[-1] == ("written meanwhile",))
    assert not is_lost(shown)
    screen.is_broken = True  # unplugged, with nothing new to say
    assert isinstance(heard.get(timeout=DEADLINE_S), Lost)
    shown.close()


def test_whatever_drawing_raises_the_display_goes_on() -> None:
    class Odd(FakeScreen):
        def compose(self, lines: tuple[str, ...]) -> int:
            if "odd" in lines:
                raise ZeroDivisionError
            return super().compose(lines)

    screen, heard = Odd(), Queue[PartInput]()
    shown = Display(screen, heard.put)
    shown.write(("odd",))
    shown.open()
    assert isinstance(heard.get(timeout=DEADLINE_S), Lost)
    shown.write(("even",))
    screen.wait(lambda: ("even",) in screen.drawn)
    shown.close()


def test_a_bus_that_hangs_holds_up_neither_the_writer_nor_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "CLOSE_S", 0.05)
    screen = FakeScreen()
    screen.is_hanging.clear()
    shown = Display(screen, lambda _: None)
    shown.open()
    for number in range(1000):
        shown.write((str(number),))
    shown.close()
    screen.is_hanging.set()
