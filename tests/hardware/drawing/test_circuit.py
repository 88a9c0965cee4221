import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.drawing.circuit import CHOICES, Driver, Supply, circuit
from kanban_hardware.errors import CircuitError
from kanban_hardware.wiring import DEFAULT_WIRING, Wiring
from tests.hardware.drawing.wirings import FULL, LOW, RELAYS, wirings


@given(wirings(), st.sampled_from(CHOICES))
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
    assert len(drawn.loads) == 13


def test_what_must_not_blink_hangs_on_relays_and_what_is_active_low_on_a_board_for_that() -> None:
    assert [load.input for load in circuit(RELAYS).loads] == ["relays IN 1", "relays IN 2", "relays IN 3"]
    low = {load.part: load.input for load in circuit(LOW).loads if not load.part.startswith("slot-")}
    assert low == {
        "red": "low relays IN 1",
        "amber": "low relays IN 2",
        "green": "low relays IN 3",
        "buzzer": "module I/O",
    }


@given(wirings())
def test_what_a_low_pin_switches_on_is_pulled_to_3_3_v_and_all_else_to_ground(wiring: Wiring) -> None:
    assert {load.pin.bcm for load in circuit(wiring).loads if load.is_low} == wiring.active_low


def test_only_relays_keep_the_lamps_supply_apart_from_the_pi() -> None:
    assert not circuit(RELAYS).shares_ground
    assert circuit(LOW).shares_ground
    assert circuit(DEFAULT_WIRING).shares_ground


def test_a_uln2803a_at_5_v_is_refused_with_the_reason() -> None:
    with pytest.raises(CircuitError, match="about 1 V"):
        circuit(DEFAULT_WIRING, Driver.ULN2803A, Supply.V5)
