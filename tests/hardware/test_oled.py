"""The OLED by luma's own driver, on a bus of the test's own: what the chip has in its memory is looked at."""

import errno
from typing import Any

import pytest
from luma.core.interface.serial import i2c
from luma.oled.device import sh1106, ssd1306

from kanban_hardware import oled
from kanban_hardware.errors import PartError
from kanban_hardware.oled import Oled, luma_device
from kanban_hardware.wiring import DisplayWiring

# luma.core 2.6 calls what Pillow 14 takes away; the extra `display` keeps to Pillow before it.
pytestmark = pytest.mark.filterwarnings("ignore:Image.Image.getdata is deprecated:DeprecationWarning")

WIRING = DisplayWiring(font="/no/such/font", font_px=12)
DATA = 0x40


class FakeBus:
    """An I2C bus as smbus has it, with one chip that keeps what it is sent."""

    def __init__(self) -> None:
        self.is_there = True
        self.drawn: list[int] = []

    def write_i2c_block_data(self, _address: int, mode: int, sent: list[int]) -> None:
        if not self.is_there:
            raise OSError(errno.EREMOTEIO, "Remote I/O error")
        if mode == DATA:
            self.drawn += sent


def on(bus: FakeBus, kind: Any) -> Oled:
    def device(wiring: DisplayWiring) -> Any:
        return kind(i2c(bus=bus, address=wiring.address), wiring.width, wiring.height, wiring.rotate)

    return Oled(WIRING, device)


@pytest.mark.parametrize("kind", [ssd1306, sh1106])
def test_the_text_lies_in_the_memory_of_the_chip(kind: Any) -> None:
    bus = FakeBus()
    screen = on(bus, kind)
    screen.open()
    assert screen.compose(("Quality fail: press the item or scan the card",)) == 1
    bus.drawn.clear()
    screen.show(0)
    assert len(bus.drawn) >= 128 * 64 // 8
    assert any(bus.drawn)
    bus.drawn.clear()
    screen.close()
    assert bus.drawn
    assert not any(bus.drawn), "dark when the station has ended"
    screen.close()


def test_a_display_that_is_unplugged_is_an_error_of_ours_and_can_still_be_closed() -> None:
    bus = FakeBus()
    screen = on(bus, ssd1306)
    screen.open()
    screen.compose(("text",))
    bus.is_there = False
    with pytest.raises(PartError, match="0x3C"):
        screen.show(0)
    screen.close()


def test_a_bus_that_is_not_switched_on_is_told_with_the_way_there() -> None:
    with pytest.raises(PartError, match="raspi-config"):
        luma_device(DisplayWiring(bus=99))


def test_without_luma_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(oled, "import_module", absent)
    with pytest.raises(PartError, match="extra `display`"):
        luma_device(WIRING)
