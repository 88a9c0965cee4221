import logging

import pytest

from kanban_hardware.errors import PinError
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.wiring import SlotWiring, StackWiring, Wiring
from tests.fakes.pins import FakePins

WIRING = Wiring(slots=(SlotWiring(1, 17, 22),), stack=StackWiring(6, 13, 19))


def ignore(_pin: int, _level: bool) -> None:
    pass


@pytest.fixture
def fake() -> FakePins:
    return FakePins()


@pytest.fixture
def pins(fake: FakePins) -> PanelPins:
    made = PanelPins(WIRING, fake)
    made.open(ignore)
    return made


def test_a_pin_that_cannot_be_opened_gives_all_pins_back(fake: FakePins) -> None:
    fake.broken = {17}
    with pytest.raises(PinError, match="GPIO 17"):
        PanelPins(WIRING, fake).open(ignore)
    with pytest.raises(PinError):
        fake.level(22)


def test_an_output_is_driven_only_when_its_level_differs(pins: PanelPins, fake: FakePins) -> None:
    assert pins.drive(22, True) is True
    assert pins.drive(22, True) is True
    assert fake.drives == [(22, True)]


def test_a_pin_that_does_not_follow_is_driven_again_and_read_back(pins: PanelPins, fake: FakePins) -> None:
    fake.stuck = {22: False}
    assert pins.drive(22, True) is False
    fake.stuck = {}
    assert pins.drive(22, True) is True


def test_a_broken_pin_is_logged_once_and_is_failing_until_it_works(
    pins: PanelPins, fake: FakePins, caplog: pytest.LogCaptureFixture
) -> None:
    fake.broken = {6, 17}
    with caplog.at_level(logging.ERROR):
        assert [pins.drive(6, True), pins.drive(6, True)] == [None, None]
        assert pins.buttons() == {}
    assert len(caplog.records) == 2
    assert pins.failing == [6, 17]
    fake.broken = set()
    assert pins.drive(6, True) is True
    assert pins.buttons() == {17: True}
    assert pins.failing == []


def test_a_broken_pin_stops_no_other(pins: PanelPins, fake: FakePins) -> None:
    fake.broken = {6}
    pins.drive(6, True)
    assert pins.drive(22, True) is True


def test_closing_puts_everything_out_first(pins: PanelPins, fake: FakePins) -> None:
    pins.drive(22, True)
    pins.close()
    assert fake.drives[-1] == (22, False)
    assert pins.level(22) is None
    assert pins.failing == []
