"""The README's tables are read as people read them, and compared with the code."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kanban_hardware.gpiozero_pins import mock_factory
from kanban_hardware.wiring import DEFAULT_WIRING, RESERVED, Wiring

FOLDER = Path(__file__).parents[2] / "hardware"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def table(first_heading: str) -> list[list[str]]:
    """The rows below the table whose first column has this heading."""
    start = README.index(f"| {first_heading} |")
    lines = README[start:].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def rows(second_heading: str) -> list[list[str]]:
    return table(f"part | {second_heading}")


def test_the_wiring_table_is_the_default_wiring() -> None:
    assert DEFAULT_WIRING.buzzer is not None
    wired = {f"{part} button": pin for part, pin in DEFAULT_WIRING.buttons.items()}
    wired |= {f"{part} lamp": pin for part, pin in DEFAULT_WIRING.lamps.items()}
    wired |= {"buzzer": DEFAULT_WIRING.buzzer.pin}
    assert {part: int(bcm) for part, bcm, *_ in rows("BCM")} == wired


def test_the_header_pins_are_those_of_a_raspberry_pi() -> None:
    board = mock_factory().board_info
    for _part, bcm, header_pin, _wire in rows("BCM"):
        ((_header, info),) = board.find_pin(f"GPIO{bcm}")
        assert info.number == int(header_pin)


def test_the_ground_pins_are_those_of_a_raspberry_pi() -> None:
    sentence = re.search(r"Ground is at header pins (.*)\.", README)
    assert sentence is not None
    board = mock_factory().board_info
    grounds = {info.number for header, info in board.find_pin("GND") if header.name == "J8"}
    assert {int(number) for number in re.findall(r"\d+", sentence[1])} == grounds


def test_the_pins_not_to_be_used_are_those_that_the_check_refuses() -> None:
    told = [int(pin) for bcm, _why in table("BCM | why") for pin in bcm.split(",")]
    assert told == list(RESERVED)


@pytest.mark.parametrize("part", [field.name for field in fields(Wiring) if field.type not in (str, int)])
def test_every_part_of_the_wiring_is_in_the_parts_list(part: str) -> None:
    assert any(part in uses.split(", ") for _part, uses, *_ in rows("for"))


def test_the_parts_list_counts_the_default_wiring() -> None:
    pieces = {uses: int(count) for part, uses, count, _price in rows("for") if "button" in part}
    assert pieces == {"slots": len(DEFAULT_WIRING.slots), "quality": 1, "help": 0}


def test_every_module_is_in_the_list_of_modules() -> None:
    listed = set(re.findall(r"`(\w+)`", README[README.index("| module | holds |") :]))
    assert {path.stem for path in (FOLDER / "kanban_hardware").glob("*.py")} - {"__init__"} <= listed


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "Pressed(part='slot-1'" in capsys.readouterr().out
