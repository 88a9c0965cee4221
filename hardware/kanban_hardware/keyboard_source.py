"""A scanner that types like a keyboard (keyboard wedge), read by evdev and kept from every console."""

import errno
import select
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Protocol

from kanban_hardware.errors import PartError
from kanban_hardware.framer import Frame, Framer
from kanban_hardware.typist import KeyEvent, Typist
from kanban_hardware.wiring import ScannerWiring

READ_S = 0.25


class Keyboard(Protocol):
    """What is used of evdev's `InputDevice`; tests type on one of their own."""

    def fileno(self) -> int: ...

    def grab(self) -> None: ...

    def read(self) -> Iterable[Any]: ...

    def close(self) -> None: ...


def input_device(path: str) -> Keyboard:
    """Open the device at `path`. Raises `PartError` where evdev is not installed, `OSError` otherwise."""
    try:
        # Imported here: a station without such a scanner needs no evdev.
        evdev = import_module("evdev")
    except ImportError as error:
        hint = "Install the distribution's python3-evdev, or this project with its extra `wedge`"
        raise PartError("evdev is not installed", hint) from error
    opened: Keyboard = evdev.InputDevice(path)
    return opened


class KeyboardSource:
    """Implements `Source`.

    Name the device by its /dev/input/by-id/…-event-kbd name: the number of an event device changes with
    the order of plugging in.
    """

    def __init__(
        self,
        wiring: ScannerWiring,
        clock: Callable[[], float],
        open_device: Callable[[str], Keyboard] = input_device,
    ) -> None:
        self._wiring = wiring
        self._clock = clock
        self._open_device = open_device
        self._framer = Framer(wiring.terminator)
        self._device: Keyboard | None = None
        self._typist = Typist(wiring.keymap)

    def open(self) -> None:
        """Raises `PartError` when another program has grabbed the device."""
        device = self._open_device(self._wiring.port)
        self._device = device
        self._typist = Typist(self._wiring.keymap)
        try:
            device.grab()
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            text = f"{self._wiring.port} is held by another program"
            raise PartError(text, "End it: a scanner has one reader (fuser names it)") from error

    def read(self) -> list[Frame]:
        """`OSError` with ENODEV when it was unplugged."""
        assert self._device is not None
        ready, _, _ = select.select([self._device.fileno()], [], [], READ_S)
        if not ready:
            return self._framer.expire(self._clock())
        frames: list[Frame] = []
        try:
            events = list(self._device.read())
        except BlockingIOError:  # woken for nothing
            return frames
        for event in events:
            frames += self._follow(KeyEvent(event.type, event.code, event.value))
        return frames

    def cancel(self) -> None:
        """Does nothing: no `read` waits for longer than a quarter of a second."""

    def close(self) -> None:
        device, self._device = self._device, None
        self._framer.drop()
        if device is not None:
            device.close()

    def _follow(self, event: KeyEvent) -> list[Frame]:
        typed = self._typist.feed(event)
        if typed is None:
            return self._framer.spoil(self._clock())
        return self._framer.feed(typed, self._clock())
