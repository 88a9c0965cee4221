import logging

import pytest

from kanban_hardware.errors import PinError
from kanban_hardware.panel_pins import PanelPins
from kanban_hardware.wiring import BuzzerWiring, SlotWiring, StackWiring, Wiring
from tests.fakes.pins import FakePins

WIRING = Wiring(slots=(SlotWiring(1, 17, 22),), stack=StackWiring(6, 13, 19))


def ignore(_pin: int, _level: bool, _ago_s: float) -> None:
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


def test_a_relay_that_is_on_when_low_is_off_from_its_first_moment_to_its_last(fake: FakePins) -> None:
    pins = PanelPins(Wiring(slots=(SlotWiring(1, 17, 22, active_low=True),)), fake)
    pins.open(ignore)
    assert (fake.level(22), pins.is_on(22)) == (True, False)
    assert pins.drive(22, on=True) is True
    assert fake.level(22) is False
    pins.close()
    assert fake.drives[-1] == (22, True)


def test_a_passive_buzzer_is_sounded_and_silenced_once_each(fake: FakePins) -> None:
    pins = PanelPins(Wiring(buzzer=BuzzerWiring(26, "passive")), fake)
    pins.open(ignore)
    for pitch_hz in (2000, 2000, 0, 0):
        pins.sound(pitch_hz)
    assert fake.tones == [(26, 2000), (26, 0)]
    fake.broken = {26}
    pins.sound(1200)
    assert pins.failing == [26]
    fake.broken = set()
    pins.close()
    assert fake.tones[-1] == (26, 0)


def test_a_buzzer_that_sounds_by_itself_is_switched(fake: FakePins) -> None:
    pins = PanelPins(Wiring(buzzer=BuzzerWiring(26)), fake)
    pins.open(ignore)
    pins.sound(2000)
    assert pins.drive(26, on=True) is True
    assert fake.tones == []
