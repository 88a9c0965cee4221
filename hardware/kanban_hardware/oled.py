"""An OLED on I2C, by luma.oled: the one kind of `Screen` so far."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from kanban_hardware.errors import PartError
from kanban_hardware.wiring import DisplayWiring

HINT = (
    "Switch I2C on (raspi-config), add this user to the group i2c, and look for the address with "
    "i2cdetect -y {bus}"
)


def luma_device(wiring: DisplayWiring) -> Any:
    """Open the device that the wiring names. Raises `PartError` with what to do."""
    try:
        # Imported here: a station without a display needs neither luma nor Pillow.
        serial = import_module("luma.core.interface.serial")
        devices = import_module("luma.oled.device")
        errors = import_module("luma.core.error")
        core: Any = import_module("luma.core.device")
    except ImportError as error:
        hint = "Install this project with its extra `display`, or the distribution's python3-luma.oled"
        raise PartError(f"luma.oled is not installed: {error}", hint) from error
    # Each device that luma makes, also one that fails at once, is kept for ever by a hook that clears it at
    # the program's end. `Oled.close` clears, and a display that is tried for a year must not fill the memory.
    core.atexit = SimpleNamespace(register=lambda _hook: None)
    with ExitStack() as undo:
        try:
            line = serial.i2c(port=wiring.bus, address=wiring.address)
            undo.callback(line.cleanup)
            kind = getattr(devices, wiring.kind)
            device = kind(line, width=wiring.width, height=wiring.height, rotate=wiring.rotate)
        except errors.Error as error:
            raise PartError(str(error), HINT.format(bus=wiring.bus)) from error
        undo.pop_all()
        return device


class Oled:
    """Implements `Screen`."""

    def __init__(
        self, wiring: DisplayWiring, make_device: Callable[[DisplayWiring], Any] = luma_device
    ) -> None:
        self._wiring = wiring
        self._make_device = make_device
        self._device: Any = None
        self._typesetter: Any = None
        self._pages: list[Any] = []

    def open(self) -> None:
        self._device = self._make_device(self._wiring)
        if self._typesetter is None:
            page = import_module("kanban_hardware.page")
            size = (self._device.width, self._device.height)
            self._typesetter = page.Typesetter(size, self._wiring.font, self._wiring.font_px)

    def compose(self, lines: tuple[str, ...]) -> int:
        self._pages = self._typesetter.pages(lines)
        return len(self._pages)

    def show(self, page: int) -> None:
        try:
            self._device.display(self._pages[page])
        except OSError:
            raise
        except Exception as error:  # luma's own root of errors, which is known only where luma is
            raise PartError(str(error)) from error

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            # A display that has been unplugged can neither be cleared nor switched off.
            with suppress(Exception):
                device.cleanup()
