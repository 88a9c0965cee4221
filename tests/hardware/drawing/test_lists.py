"""The lists that go with a drawing: wires, parts, meter."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hardware.drawing.circuit import CHOICES, Circuit, Driver, Supply, circuit
from kanban_hardware.drawing.meter import readings
from kanban_hardware.drawing.parts import Board, parts, rows
from kanban_hardware.drawing.table import markdown
from kanban_hardware.drawing.wires import wires
from kanban_hardware.wiring import Wiring
from tests.hardware.drawing.wirings import CIRCUITS, wirings


def count(drawn: Circuit, word: str, board: Board = Board.PI) -> int:
    return sum(line.count for line in parts(drawn, board) if line.name.startswith(word))


@given(wirings(), st.sampled_from(CHOICES))
def test_the_parts_are_enough_for_every_wire_and_not_more(wiring: Wiring, driver: Driver) -> None:
    drawn = circuit(wiring, driver)
    outputs = len(wiring.lamps) + (wiring.buzzer is not None)
    boards = drawn.driven_by(Driver.RELAY, Driver.RELAY_LOW, Driver.MODULE)

    assert count(drawn, "Resistor 4.7 kΩ") == outputs
    assert outputs == len(drawn.driven_by(driver)) + len(boards)
    assert count(drawn, "Relay board") == len({load.driver for load in boards} - {Driver.MODULE})
    assert count(drawn, "Lit push button") == len(wiring.slots)
    assert count(drawn, "Lit push button") + count(drawn, "Push button") == len(wiring.buttons)
    assert count(drawn, "ULN2803A") * 8 >= len(drawn.driven_by(Driver.ULN2803A))
    assert count(drawn, "Transistor") == len(drawn.driven_by(Driver.TRANSISTOR))
    assert count(drawn, "Resistor 1 kΩ") == len(wiring.buttons) + count(drawn, "Transistor")
    assert count(drawn, "Barcode scanner") == len(wiring.scanners)
    assert count(drawn, "Stack light") == (wiring.stack is not None)


@pytest.mark.parametrize("part", [field.name for field in fields(Wiring) if field.type not in (str, int)])
def test_every_part_that_a_file_can_name_is_in_the_list(part: str) -> None:
    lines = [*parts(CIRCUITS["full"]), *parts(CIRCUITS["tower"])]

    assert any(part in line.use.split(", ") for line in lines)


def test_a_scanner_at_a_zero_needs_an_adapter() -> None:
    assert count(CIRCUITS["scanner-alone"], "Adapter", Board.ZERO_2W) == 1
    assert count(CIRCUITS["small-5v"], "Adapter", Board.ZERO_2W) == 0
    assert count(CIRCUITS["scanner-alone"], "Adapter") == 0


@pytest.mark.parametrize("drawn", CIRCUITS.values(), ids=list(CIRCUITS))
def test_the_sum_is_that_of_the_lines(drawn: Circuit) -> None:
    lines = parts(drawn)
    *_, last = rows(lines)

    low, high = (round(sum(line.count * getattr(line, end) for line in lines)) for end in ("low", "high"))
    assert last[-1] == f"**{low} to {high}**"
    assert 0 < low < high


@pytest.mark.parametrize("drawn", CIRCUITS.values(), ids=list(CIRCUITS))
def test_each_header_pin_that_is_wired_stands_in_the_list_of_wires_and_is_measured(drawn: Circuit) -> None:
    laid = "\n".join("|".join(row) for row in wires(drawn))
    measured = "\n".join("|".join(row) for row in readings(drawn))

    for pin in [contact.pin for contact in drawn.contacts] + [load.pin for load in drawn.loads]:
        assert f"header pin {pin.number} ({pin.name})" in laid
        assert f"header pin {pin.number} ({pin.name})" in measured


def test_what_is_active_low_is_held_at_3_3_v_in_the_lists_too() -> None:
    held = {name: pin for name, pin, *_ in wires(CIRCUITS["low"]) if name.endswith(", signal")}

    assert held["red lamp, signal"].endswith("here also 4.7 kΩ to 3.3 V, header pin 17")
    assert held["slot-1 lamp, signal"].endswith("here also 4.7 kΩ to 0 V")
    assert ("nothing", "header pin 37 (GPIO 26), the red lead", "header pin 17", "4.4 to 5 kΩ") in {
        reading[:4] for reading in readings(CIRCUITS["low"])
    }


def test_every_wire_has_a_name_of_its_own() -> None:
    for drawn in CIRCUITS.values():
        names = [name for name, *_ in wires(drawn)]
        assert len(names) == len(set(names))


def test_24_v_is_measured_only_where_there_are_24_v() -> None:
    told = {name: any("24 V only" in row for row in readings(drawn)) for name, drawn in CIRCUITS.items()}

    assert told == {name: d.has_rails and d.supply is Supply.V24 for name, d in CIRCUITS.items()}


def test_a_table_is_markdown() -> None:
    assert markdown(("a", "b"), [("1", "2")]) == "| a | b |\n|---|---|\n| 1 | 2 |"
