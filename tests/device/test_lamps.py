import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_device.hubwatch import HubHearing
from kanban_device.lamps import LAYERS, Facts, Layer, resolve
from kanban_device.outbox import StoreHealth
from kanban_hardware.pattern import Pattern
from kanban_protocol.messages import LampPattern
from tests.device.fakes import LAMPS, lamp_state

README = Path(__file__).parents[2] / "device" / "README.md"


def shown(facts: Facts) -> str:
    return " ".join(resolve(LAMPS, facts)[part].value for part in LAMPS)


def facts(**changes: object) -> Facts:
    return Facts(**({"wanted": lamp_state(), "hub": HubHearing.HEARD} | changes))  # type: ignore[arg-type]


# slot-1 slot-2 red amber green; the hub wants: slow off off on on
@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "slow off off on on"),
        ({"wanted": None}, "double double double double off"),
        ({"hub": HubHearing.STARTING}, "double double double double off"),
        ({"hub": HubHearing.LOST}, "double double double double off"),
        ({"armed": frozenset({"slot-1"})}, "fast off fast on off"),
        ({"armed": frozenset()}, "slow off fast on off"),
        ({"store": StoreHealth.FULL}, "slow off fast on off"),
        ({"store": StoreHealth.FULL, "hub": HubHearing.LOST}, "double double fast double off"),
        ({"stuck": frozenset({"slot-2", "quality"})}, "slow double off on on"),
        ({"store": StoreHealth.BROKEN}, "double double fast double off"),
        ({"store": StoreHealth.BROKEN, "armed": frozenset({"slot-1"})}, "double double fast double off"),
        ({"identifying": True, "hub": HubHearing.LOST}, "slow slow slow slow slow"),
        ({"tested": "amber", "identifying": True}, "off off off on off"),
    ],
)
def test_what_the_station_knows_better_lies_over_the_hubs_wish(
    changes: dict[str, object], wanted: str
) -> None:
    assert shown(facts(**changes)) == wanted


@given(
    hub=st.sampled_from([HubHearing.STARTING, HubHearing.LOST]),
    wanted=st.sampled_from([None, lamp_state()]),
    store=st.sampled_from(StoreHealth),
    armed=st.sampled_from([None, frozenset[str](), frozenset({"slot-1"})]),
    stuck=st.sampled_from([frozenset[str](), frozenset({"slot-1"})]),
)
def test_without_fresh_information_no_slot_is_dark_and_green_is(**changes: object) -> None:
    lamps = resolve(LAMPS, facts(**changes))
    assert lamps["green"] is Pattern.OFF
    assert Pattern.OFF not in (lamps["slot-1"], lamps["slot-2"], lamps["red"], lamps["amber"])


@pytest.mark.parametrize(
    ("changes", "blue", "white"),
    [
        ({}, Pattern.OFF, Pattern.OFF),
        ({"waiting": 3}, Pattern.ON, Pattern.OFF),
        ({"waiting": 3, "hub": HubHearing.LOST}, Pattern.ON, Pattern.OFF),
        ({"is_expecting": True, "wanted": None}, Pattern.OFF, Pattern.SLOW),
        ({"waiting": 1, "store": StoreHealth.BROKEN}, Pattern.ON, Pattern.OFF),
        ({"waiting": 1, "is_expecting": True, "identifying": True}, Pattern.SLOW, Pattern.SLOW),
        ({"waiting": 1, "is_expecting": True, "tested": "white"}, Pattern.OFF, Pattern.ON),
    ],
)
def test_blue_and_white_are_the_stations_own_word(
    changes: dict[str, object], blue: Pattern, white: Pattern
) -> None:
    lamps = resolve(("blue", "white"), facts(**changes))
    assert (lamps["blue"], lamps["white"]) == (blue, white)


def test_every_pattern_of_the_contract_can_be_shown() -> None:
    assert [pattern.value for pattern in LampPattern] == [pattern.value for pattern in Pattern]


def test_the_readme_shows_the_layers_as_they_are() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*" + r"\| (\S+) " * 6 + r"\|$", README.read_text(), re.MULTILINE)
    told = {name: [cell.strip("`") for cell in cells] for name, *cells in rows}
    built = {
        layer.value: [
            cell.value if cell else "\N{EN DASH}"
            for cell in (p.slots, p.red, p.amber, p.green, p.blue, p.white)
        ]
        for layer, p in LAYERS.items()
    }
    assert told == built
    assert list(told) == [layer.value for layer in Layer], "the order is the priority"
