"""What every implementation of `Pins` promises."""

from collections.abc import Iterator
from time import monotonic

import pytest

from kanban_hardware.errors import PinError
from kanban_hardware.simulated import SimulatedPins
from tests.fakes.pins import FakePins

Edges = list[tuple[int, bool]]
MovablePins = FakePins | SimulatedPins


@pytest.fixture(params=[FakePins, SimulatedPins])
def pins(request: pytest.FixtureRequest) -> Iterator[MovablePins]:
    made: MovablePins = request.param()
    yield made
    made.close()


@pytest.fixture
def edges(pins: MovablePins) -> Edges:
    seen: Edges = []
    pins.open_input(17, lambda pin, level, _ago_s: seen.append((pin, level)))
    return seen


def test_an_input_is_pulled_up(pins: MovablePins, edges: Edges) -> None:
    assert pins.level(17) is True


def test_a_press_and_a_release_are_two_edges(pins: MovablePins, edges: Edges) -> None:
    pins.press(17)
    pins.release(17)
    assert edges == [(17, False), (17, True)]


def test_an_edge_tells_how_long_ago_it_came(pins: MovablePins) -> None:
    ages_s: list[float] = []
    pins.open_input(17, lambda _pin, _level, ago_s: ages_s.append(ago_s))
    began_s = monotonic()
    pins.press(17)
    assert 0 <= ages_s[0] <= monotonic() - began_s


def test_every_bounce_is_reported(pins: MovablePins, edges: Edges) -> None:
    for _ in range(5):
        pins.press(17)
        pins.release(17)
    assert len(edges) == 10


def test_a_pressed_input_reads_low(pins: MovablePins, edges: Edges) -> None:
    pins.press(17)
    assert pins.level(17) is False


def test_an_output_starts_low(pins: MovablePins) -> None:
    pins.open_output(22)
    assert pins.level(22) is False


def test_an_output_may_start_high_so_that_an_active_low_relay_stays_off(pins: MovablePins) -> None:
    pins.open_output(22, level=True)
    assert pins.level(22) is True


@pytest.mark.parametrize("rest", [False, True])
def test_a_tone_sounds_until_it_is_ended(pins: MovablePins, rest: bool) -> None:
    pins.open_tone(26, rest)
    assert pins.level(26) is rest
    pins.tone(26, 2000)
    pins.tone(26, 3200)
    pins.tone(26, 0)
    assert pins.level(26) is rest


def test_only_a_pin_that_is_open_for_tones_sounds(pins: MovablePins) -> None:
    pins.open_output(22)
    with pytest.raises(PinError, match="GPIO 22"):
        pins.tone(22, 2000)


def test_an_output_reads_back_what_it_is_driven_to(pins: MovablePins) -> None:
    pins.open_output(22)
    pins.drive(22, True)
    assert pins.level(22) is True
    pins.drive(22, False)
    assert pins.level(22) is False


def test_an_input_cannot_be_driven(pins: MovablePins, edges: Edges) -> None:
    with pytest.raises(PinError, match="GPIO 17") as caught:
        pins.drive(17, True)
    assert caught.value.pin == 17


def test_a_pin_that_is_not_open_cannot_be_read_or_driven(pins: MovablePins) -> None:
    with pytest.raises(PinError):
        pins.level(9)
    with pytest.raises(PinError):
        pins.drive(9, True)


def test_a_pin_is_opened_once(pins: MovablePins, edges: Edges) -> None:
    with pytest.raises(PinError):
        pins.open_output(17)
    with pytest.raises(PinError):
        pins.open_input(17, lambda _pin, _level, _ago_s: None)
    pins.press(17)
    assert edges == [(17, False)]


def test_what_a_callback_raises_harms_no_other_edge(pins: MovablePins, edges: Edges) -> None:
    def fail(_pin: int, _level: bool, _ago_s: float) -> None:
        raise RuntimeError

    pins.open_input(27, fail)
    pins.press(27)
    pins.press(17)
    assert edges == [(17, False)]


def test_closing_twice_is_closing_once_and_leaves_no_pin(pins: MovablePins, edges: Edges) -> None:
    pins.close()
    pins.close()
    with pytest.raises(PinError):
        pins.level(17)


def test_closed_pins_can_be_opened_again(pins: MovablePins, edges: Edges) -> None:
    pins.close()
    pins.open_output(17)
    assert pins.level(17) is False
