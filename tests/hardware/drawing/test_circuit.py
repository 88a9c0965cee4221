import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.drawing.circuit import Driver, Supply, circuit
from kanban_hardware.errors import CircuitError
from kanban_hardware.wiring import DEFAULT_WIRING, Wiring
from tests.hardware.drawing.wirings import FULL, wirings


@given(wirings(), st.sampled_from(Driver))
def test_every_button_and_every_output_has_its_pin_and_each_output_a_driver_of_its_own(
    wiring: Wiring, driver: Driver
) -> None:
    drawn = circuit(wiring, driver)

    assert {contact.part: contact.pin.bcm for contact in drawn.contacts} == wiring.buttons
    outputs = wiring.lamps | ({"buzzer": wiring.buzzer.pin} if wiring.buzzer else {})
    assert {load.part: load.pin.bcm for load in drawn.loads} == outputs
    assert len({load.input for load in drawn.loads}) == len(drawn.loads)


def test_the_default_wiring_fills_one_uln2803a_in_the_order_of_the_readme() -> None:
    drawn = circuit(DEFAULT_WIRING)

    assert drawn.chips == 1
    assert [(load.label, load.channel) for load in drawn.loads][-2:] == [("green lamp", 7), ("buzzer", 8)]


def test_more_than_eight_outputs_go_on_at_a_second_chip() -> None:
    drawn = circuit(FULL)

    assert drawn.chips == 2
    assert [load.input for load in drawn.loads][7:9] == ["U1 IN 8", "U2 IN 1"]


def test_a_relay_never_drives_the_buzzer() -> None:
    drawn = circuit(DEFAULT_WIRING, Driver.RELAY)

    assert [load.part for load in drawn.driven_by(Driver.TRANSISTOR)] == ["buzzer"]


def test_only_relays_keep_the_lamps_supply_apart_from_the_pi() -> None:
    without_buzzer = Wiring(slots=DEFAULT_WIRING.slots)

    assert not circuit(without_buzzer, Driver.RELAY).shares_ground
    assert circuit(DEFAULT_WIRING, Driver.RELAY).shares_ground
    assert circuit(without_buzzer).shares_ground


def test_a_uln2803a_at_5_v_is_refused_with_the_reason() -> None:
    with pytest.raises(CircuitError, match="about 1 V"):
        circuit(DEFAULT_WIRING, Driver.ULN2803A, Supply.V5)
