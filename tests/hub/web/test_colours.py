"""The colours of `tokens.css`, computed: text stands out, and lamps differ for eyes of every kind."""

import math
import re
from itertools import combinations, product
from pathlib import Path

import pytest

import kanban_hub.web

TOKENS = (Path(kanban_hub.web.__file__).parent / "static" / "tokens.css").read_text()
LAMPS = ("lamp-red", "lamp-amber", "lamp-green", "lamp-blue", "lamp-white")
# Text on its ground: WCAG 2.2 §1.4.3 asks for 4.5; large text read across a hall, §1.4.6, for 7.
INKS = ("ink", "quiet", "work", "bad", "calm", "asked")
TEXTS = [
    *product(INKS, ("paper", "sheet")),
    ("asked", "asked-back"),
    ("work", "work-back"),
    ("bad", "bad-back"),
    ("on-bad", "bad"),
]
THEMES = ("light", "dark", "wall")
CONTRAST_LEAST = 4.5
# Below about 10 in CIE76 two colours side by side are told apart only when one looks for it.
DISTANCE_LEAST = 20.0
# How a colour looks without one kind of cone, on linear sRGB: Machado et al. 2009, severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

Colour = tuple[float, float, float]


def colours(theme: str) -> dict[str, Colour]:
    """Every token of `theme`, as linear sRGB."""
    root, _, rest = TOKENS.partition(':root[data-theme="wall"]')
    found = re.findall(r"--([a-z-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));", root)
    chosen = {name: both or (light if theme == "light" else dark) for name, light, dark, both in found}
    if theme == "wall":
        chosen |= dict(re.findall(r"--([a-z-]+): (#\w+);", rest))
    return {name: linear(text) for name, text in chosen.items()}


def linear(text: str) -> Colour:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    lights = sorted(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def seen(colour: Colour, eye: str) -> Colour:
    rows = [sum(factor * value for factor, value in zip(row, colour, strict=True)) for row in EYES[eye]]
    red, green, blue = (min(1.0, max(0.0, value)) for value in rows)
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    red, green, blue = colour
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (_cube_root(value) for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _cube_root(value: float) -> float:
    return math.cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def distance(one: Colour, other: Colour) -> float:
    """CIE76, as good as any at distances that must not be missed."""
    return math.dist(lab(one), lab(other))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    known = colours(theme)

    assert contrast(known[ink], known[ground]) >= CONTRAST_LEAST


def test_what_is_read_across_a_hall_stands_out_more() -> None:
    known = colours("wall")

    assert contrast(known["ink"], known["paper"]) >= 15
    assert contrast(known["quiet"], known["paper"]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_lamps_differ_from_each_other_for_every_kind_of_eye(theme: str, eye: str) -> None:
    known = colours(theme)

    near = {
        (one, other): apart
        for one, other in combinations(LAMPS, 2)
        if (apart := distance(seen(known[one], eye), seen(known[other], eye))) < DISTANCE_LEAST
    }
    assert near == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lamp", LAMPS)
def test_a_lit_lamp_differs_from_a_dark_one(theme: str, lamp: str) -> None:
    """A dark lamp shows what is behind it; a lit one has a rim of the ink besides (WCAG 2.2 §1.4.11)."""
    known = colours(theme)

    assert distance(known[lamp], known["sheet"]) >= DISTANCE_LEAST
    assert contrast(known["ink"], known["sheet"]) >= 3


def test_the_measure_would_find_a_red_and_a_green_that_some_confuse() -> None:
    red, green = linear("#a05030"), linear("#708020")

    assert distance(red, green) > DISTANCE_LEAST
    assert distance(seen(red, "no green"), seen(green, "no green")) < DISTANCE_LEAST
