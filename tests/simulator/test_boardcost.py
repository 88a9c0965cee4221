"""The benchmark of the board does what it says; how long things take is not tested."""

import time
from random import Random

import pytest

from kanban_simulator.boardcost import drawing_ms
from kanban_simulator.boardplant import board_plant
from kanban_simulator.screens import Screens
from tests.hub.web.conftest import site
from tests.hub.web.served import Served
from tests.hub.web.site import Site

__all__ = ["site"]


@pytest.mark.parametrize("loops", [1, 60, 72])
def test_a_plant_of_any_size_has_as_many_cards_as_asked_for(loops: int) -> None:
    plant = board_plant(loops, 8)

    assert len(plant.loops) == loops
    assert {loop.cards for loop in plant.loops.values()} == {8}
    assert max(len(plant.loops_at(station)) for station in plant.stations) <= 8


def test_a_board_is_drawn() -> None:
    first_ms, change_ms = drawing_ms(board_plant(3, 2), Random(1))

    assert first_ms > 0
    assert change_ms > 0


def test_screens_see_a_change(site: Site) -> None:
    served = Served(site)
    screens = Screens(served.port, 3, Random(1))
    try:
        screens.settle()
        body = b'{"move": "hold", "reason": "measured"}'
        screens.send("/api/v1/cards/bracket-0001/moves", body, site.parts.token)
        deadline_s = time.monotonic() + 20
        while len(screens.reach_ms) < 3 and time.monotonic() < deadline_s:
            screens.run_until(time.monotonic() + 0.1)
    finally:
        screens.close()
        served.end()

    assert len(screens.reach_ms) >= 3
