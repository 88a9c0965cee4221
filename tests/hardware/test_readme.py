"""The README's tables are read as people read them, and compared with the code."""

import re
import tomllib
from pathlib import Path

import pytest

from kanban_hardware.drawing.circuit import CHOICES, Supply, circuit
from kanban_hardware.drawing.parts import Board
from kanban_hardware.gpiozero_pins import mock_factory
from kanban_hardware.wiring import DEFAULT_WIRING, PINS, RESERVED

FOLDER = Path(__file__).parents[2] / "hardware"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def table(first_heading: str) -> list[list[str]]:
    """The rows below the table whose first column has this heading."""
    start = README.index(f"| {first_heading} |")
    lines = README[start:].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_wiring_table_is_the_default_wiring() -> None:
    assert DEFAULT_WIRING.buzzer is not None
    wired = {f"{part} button": pin for part, pin in DEFAULT_WIRING.buttons.items()}
    wired |= {f"{part} lamp": pin for part, pin in DEFAULT_WIRING.lamps.items()}
    wired |= {"buzzer": DEFAULT_WIRING.buzzer.pin}
    assert {part: int(bcm) for part, bcm, *_ in table("part | BCM")} == wired


def test_the_header_pins_are_those_of_a_raspberry_pi() -> None:
    board = mock_factory().board_info
    for _part, bcm, header_pin, _wire in table("part | BCM"):
        ((_header, info),) = board.find_pin(f"GPIO{bcm}")
        assert info.number == int(header_pin)


def test_the_ground_pins_are_those_of_a_raspberry_pi() -> None:
    sentence = re.search(r"Ground is at header pins (.*)\.", README)
    assert sentence is not None
    board = mock_factory().board_info
    grounds = {info.number for header, info in board.find_pin("GND") if header.name == "J8"}
    assert {int(number) for number in re.findall(r"\d+", sentence[1])} == grounds


def test_each_lamp_goes_to_the_driver_input_that_the_drawing_says() -> None:
    told = {part: wire for part, _bcm, _pin, wire in table("part | BCM") if wire.startswith("driver")}

    assert told == {load.label: f"driver input {load.channel}" for load in circuit(DEFAULT_WIRING).loads}


def test_the_pins_not_to_be_used_are_those_that_the_check_refuses() -> None:
    told = [int(pin) for bcm, _why in table("BCM | why") for pin in bcm.split(",")]
    assert told == list(RESERVED)


def test_the_pins_that_are_called_free_are_free() -> None:
    sentence = re.search(r"GPIO (\d+) to (\d+) are free, .* GPIO (.*) are free\.", README)
    assert sentence is not None
    told = {*range(int(sentence[1]), int(sentence[2]) + 1), *map(int, re.findall(r"\d+", sentence[3]))}
    used = {*DEFAULT_WIRING.buttons.values(), *DEFAULT_WIRING.lamps.values(), 26}

    assert told == {*PINS} - used - {*RESERVED}


def test_the_gpiozero_that_a_pi_5_needs_is_the_least_that_is_installed() -> None:
    required = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    station = required["project"]["optional-dependencies"]["station"]

    assert "gpiozero>=2.0.1.post3" in station
    assert "from 2.0.1.post3 on" in README


def test_the_options_of_the_drawing_are_those_of_the_code() -> None:
    told = {option.strip("`"): why for option, why in table("option | says")}

    choices = {"--driver": CHOICES, "--supply": tuple(Supply), "--board": tuple(Board)}
    assert set(told) == {f"{option} {first}" for option, (first, *_others) in choices.items()}
    for option, (first, *others) in choices.items():
        assert re.findall(r"`(\w+)`", told[f"{option} {first}"]) == [other.value for other in others]


def test_every_module_is_in_the_list_of_modules() -> None:
    listed = set(re.findall(r"`(\w+)`", README[README.index("| module | holds |") :]))
    assert {path.stem for path in (FOLDER / "kanban_hardware").glob("*.py")} - {"__init__"} <= listed


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert "Pressed(part='slot-1'" in capsys.readouterr().out
