from kanban_hardware.drawing.header import (
    BUTTONS_GROUND,
    DISPLAY_3V3,
    DISPLAY_SCL,
    DISPLAY_SDA,
    DRIVER_GROUND,
    HEADER,
    LAMPS_5V,
    LOGIC_3V3,
    RELAYS_5V,
)
from kanban_hardware.gpiozero_pins import mock_factory

NAMES = {"ground": "GND", "3.3 V": "3V3", "5 V": "5V"}


def test_the_header_is_that_of_a_raspberry_pi() -> None:
    board = mock_factory().board_info
    theirs = {info.number: info.name for info in board.headers["J8"].pins.values()}

    assert {pin.number: NAMES.get(pin.name, pin.name.replace(" ", "")) for pin in HEADER} == theirs


def test_a_feed_takes_a_pin_of_its_kind_and_no_two_take_the_same() -> None:
    grounds = [*BUTTONS_GROUND.values(), DRIVER_GROUND]
    feeds = [LAMPS_5V, RELAYS_5V]

    assert {pin.name for pin in grounds} == {"ground"}
    assert {pin.name for pin in feeds} == {"5 V"}
    assert {pin.name for pin in (LOGIC_3V3, DISPLAY_3V3)} == {"3.3 V"}
    assert (DISPLAY_SDA.bcm, DISPLAY_SCL.bcm) == (2, 3), "the data and the clock of I2C"
    assert len({*grounds, *feeds, LOGIC_3V3, DISPLAY_3V3}) == 7
    assert all(pin.is_left is side for side, pin in BUTTONS_GROUND.items())
