"""Hub and stations through loss, doubling, disorder, cuts and restarts: after it all is as promised."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanban_hub.proof import rebuilt_faults
from tests.pair.pair import SLOTS, PlantInStorm

# The longest pause between two sendings of a signal, and its receipt.
EMPTY_WITHIN_S = 45
# What is wanted is shown within 15 s of both being healthy.
LAMPS_WITHIN_S = 15

STEPS: dict[str, Callable[[PlantInStorm, str, str], object]] = {
    "press": lambda plant, station, part: plant.stations[station].press(part),
    "blow": lambda plant, _, __: plant.broker.blow(),
    "cut": lambda plant, station, _: plant.stations[station].link.drop(),
    "cut the hub": lambda plant, _, __: plant.hub.link.drop(),
    "restart": lambda plant, station, _: plant.stations[station].restart(),
    "restart the hub": lambda plant, _, __: plant.restart_hub(),
}
STEP = st.tuples(
    st.sampled_from([*STEPS, "press", "press", "press", "blow"]),
    st.sampled_from(["assembly", "paint"]),
    st.sampled_from(SLOTS),
    st.sampled_from([0.1, 1.0, 4.0, 17.0]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), steps=st.lists(STEP, min_size=1, max_size=25))
def test_after_a_storm_every_stored_press_is_taken_once_and_lamps_are_as_wanted(
    seed: int, steps: list[tuple[str, str, str, float]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plant = PlantInStorm(Path(folder), seed)
        plant.broker.is_calm = False
        for name, station, part, seconds in steps:
            STEPS[name](plant, station, part)
            plant.go_on(seconds)
        plant.heal()
        wait(plant, plant.unsettled, EMPTY_WITHIN_S)
        wait(plant, plant.wrong_lamps, LAMPS_WITHIN_S)
        assert plant.unsettled() == {}
        with plant.store.view() as view:
            assert list(rebuilt_faults(view)) == []
            assert view.counts()["set_aside"] == {}
        plant.close()


def wait(plant: PlantInStorm, wrong: Callable[[], dict[str, Any]], within_s: int) -> None:
    for _ in range(within_s):
        if not wrong():
            return
        plant.go_on(1.0)
    assert wrong() == {}
