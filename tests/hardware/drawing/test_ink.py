import pytest

from kanban_hardware.drawing import ink
from kanban_hardware.drawing.sheet import GREY

# WCAG 2.2, 1.4.3: what text needs on white, so that a wire's colour may also be that of its name.
LEAST = 4.5


def contrast_on_white(colour: str) -> float:
    """The ratio of WCAG 2.2 against white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", sorted({*ink.NAMED.values(), *ink.NUMBERED, ink.PLUS, GREY}))
def test_every_colour_can_be_read_on_paper(colour: str) -> None:
    assert contrast_on_white(colour) >= LEAST


def test_eight_slots_have_eight_colours() -> None:
    assert len({ink.of(f"slot-{number}") for number in range(1, 9)}) == 8
