"""The pins by gpiozero: a thin adapter that uses none of its debounce, hold or blink."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import Any

from gpiozero import DigitalOutputDevice, InputDevice
from gpiozero.pins.mock import MockFactory, MockPWMPin

from kanban_hardware.errors import PinError, PinsUnavailableError
from kanban_hardware.pins import OnEdge
from kanban_hardware.timerslack import timer_slack

log = logging.getLogger(__name__)

DUTY = 0.5
"""A square wave: the loudest that a passive buzzer gives."""
REPORT_SLACK_S = 0.005
"""lgpio looks 2,000 times a second for edges to pass on (lgPthAlerts.c), and with this 200 times.
An edge keeps its time, and is passed on later by this much at most."""
OLDEST_EDGE_S = 60.0
"""What seems older was stamped by another clock: the watchdog ends a program that is held up so long."""


class GpiozeroPins:
    """Implements `Pins` on the factory given; it owns the factory and never touches gpiozero's global one.

    `hears_edges` tells whether the factory's library still reports edges, where it has a thread to do so.
    """

    def __init__(self, factory: Any, hears_edges: Callable[[], bool] = lambda: True) -> None:
        self._factory = factory
        self.hears_edges = hears_edges
        self._devices: dict[int, Any] = {}
        self._reports: list[Callable[[float, int], None]] = []
        self._outputs: set[int] = set()
        self._tones: dict[int, bool] = {}

    def open_input(self, pin: int, on_edge: OnEdge) -> None:
        def report(ticks: float, level: int) -> None:
            # An exception here would end lgpio's only callback thread, and with it every button.
            try:
                on_edge(pin, bool(level), self._age_s(ticks))
            except Exception:
                log.exception("An edge of GPIO %d was lost", pin)

        # At the pin and not at the device: only here gpiozero hands out when the edge came.
        opened = self._open(InputDevice, pin, pull_up=True).pin
        self._reports.append(report)  # gpiozero holds it weakly
        with _opening(pin):
            opened.edges = "both"
            opened.when_changed = report

    def open_output(self, pin: int, level: bool = False) -> None:
        self._open(DigitalOutputDevice, pin, initial_value=level)
        self._outputs.add(pin)

    def open_tone(self, pin: int, level: bool = False) -> None:
        self._open(DigitalOutputDevice, pin, initial_value=level)
        self._tones[pin] = level

    def tone(self, pin: int, pitch_hz: int) -> None:
        if pin not in self._tones:
            raise PinError(pin, "is not open for tones")
        driven = self._devices[pin].pin
        try:
            # The wave is ended at silence: left at a duty of none, lgpio's thread would go on turning for it.
            driven.frequency = pitch_hz or None
            driven.state = DUTY if pitch_hz else self._tones[pin]
        except Exception as error:
            raise PinError(pin, f"cannot sound {pitch_hz} Hz: {error}") from error

    def drive(self, pin: int, level: bool) -> None:
        if pin not in self._outputs:
            raise PinError(pin, "is not open as an output")
        try:
            self._devices[pin].value = level
        except Exception as error:  # lgpio's error is a bare Exception
            raise PinError(pin, f"cannot be driven: {error}") from error

    def level(self, pin: int) -> bool:
        if pin not in self._devices:
            raise PinError(pin, "is not open")
        try:
            return bool(self._devices[pin].pin.state)
        except Exception as error:
            raise PinError(pin, f"cannot be read: {error}") from error

    def close(self) -> None:
        for device in self._devices.values():
            device.close()
        self._devices.clear()
        self._reports.clear()
        self._outputs.clear()
        self._tones.clear()
        self._factory.close()

    def _age_s(self, ticks: float) -> float:
        """How long ago the kernel saw an edge: its own time, however late this thread got the processor.

        Linux stamps edges by CLOCK_MONOTONIC, which gpiozero's ticks are, where nothing else is asked for
        (include/uapi/linux/gpio.h); an edge that another clock has stamped counts as of now.
        """
        age_s: float = self._factory.ticks_diff(self._factory.ticks(), ticks)
        return age_s if 0 <= age_s <= OLDEST_EDGE_S else 0.0

    def _open(self, kind: Any, pin: int, **options: Any) -> Any:
        with _opening(pin):
            self._devices[pin] = kind(pin, pin_factory=self._factory, **options)
        return self._devices[pin]


@contextmanager
def _opening(pin: int) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # lgpio's error is a bare Exception
        raise PinError(pin, f"cannot be opened: {error}. Is another program using it?") from error


def mock_factory() -> MockFactory:
    """Make a factory of mock pins of a Pi 4B, whatever the environment says."""
    return MockFactory(revision="c03114", pin_class=MockPWMPin)


def lgpio_factory(*, has_tones: bool) -> Any:
    """Make the one factory for real pins, named outright so that gpiozero cannot fall back.

    By itself gpiozero falls back to another library with a warning (PinFactoryFallback), and ends at one
    without callbacks (gpiozero #1137): every button would be dead. PinsUnavailableError says what to do.

    `has_tones`: lgpio's threads have to be exact, for one of them draws the square waves edge by edge.
    """
    try:
        # Imported here, because lgpio starts a thread and makes a file when it is imported.
        library = import_module("gpiozero.pins.lgpio")
        with nullcontext() if has_tones else timer_slack(REPORT_SLACK_S):
            return library.LGPIOFactory()
    except Exception as error:  # lgpio's error is a bare Exception
        raise PinsUnavailableError(f"{type(error).__name__}: {error}", _hint(error)) from error


def lgpio_hears_edges() -> bool:
    """Whether lgpio's one thread of callbacks lives: an exception in any of them ends it without a word.

    lgpio tells nobody of it; its own name for the thread is the only way (lgpio.py, `_notify_thread`).
    """
    thread = getattr(sys.modules.get("lgpio"), "_notify_thread", None)
    return bool(thread is None or thread.is_alive())


def _hint(error: Exception) -> str:
    text = str(error)
    # AttributeError: where no wheel fits, pip takes an empty placeholder, lgpio 0.0.0.2.
    if isinstance(error, ImportError | AttributeError):
        return "Install lgpio 0.2.2 or later by pip, or the distribution's python3-lgpio"
    if ".lgd-nfy" in text:
        # gpiozero #1106: lgpio makes a pipe in the working directory, and fails where it may not write.
        return "Set LG_WD to a directory that this user may write, as /run/kanban-station"
    if "chip" in text or isinstance(error, PermissionError):
        return "Let this user open /dev/gpiochip0: add it to the group gpio (see ls -l /dev/gpiochip*)"
    return 'Run on a Raspberry Pi, or set pins = "mock" to try without one'
