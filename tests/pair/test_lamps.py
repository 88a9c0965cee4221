"""A lamp's pin that is stuck, from the pins of a real panel to what the hub says of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kanban_device.surface import Surface
from kanban_hardware.panel import Panel
from kanban_hardware.pattern import Pattern
from kanban_hub.lamptruth import FOLLOW_S
from kanban_hub.notices.lamplook import LampLook
from tests.fakes.pins import FakePins
from tests.pair.pair import PairStation, PlantInStorm
from tests.waiting import until

SLOT_1_LAMP = 22


class WiredStation(PairStation):
    """With a real panel on pins that can be stuck; its thread runs by the real clock."""

    pins: FakePins

    def make_surface(self, put: Any) -> Surface:
        self.put = put
        self.pins = FakePins()
        self.wired = Panel(self.config.hardware, self.pins, put)
        return self.wired


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[PlantInStorm]:
    made = PlantInStorm(tmp_path, 0, {"paint": WiredStation})
    yield made
    made.close()


def wrong(plant: PlantInStorm) -> dict[str, tuple[str, ...]]:
    with plant.store.view() as view:
        known = view.plant()
        assert known is not None
        return LampLook(plant.hub.presence).wrong(view, known, plant.hub.clock.now_ms())


def test_a_stuck_pin_is_told_at_the_hub_by_its_lamp_until_it_is_mended(plant: PlantInStorm) -> None:
    paint = plant.stations["paint"]
    assert isinstance(paint, WiredStation)
    paint.pins.stuck[SLOT_1_LAMP] = False
    plant.stations["assembly"].press("slot-1")
    plant.go_on(1.0)
    until(lambda: paint.wired.health()["lamps_failing"] == ["slot-1"], "the read-back")
    assert paint.wired.shown()["slot-1"] is Pattern.OFF
    plant.go_on(1.0)
    assert plant.hub.presence.of("paint").lamps is not None
    plant.go_on(10.0)

    assert wrong(plant) == {"paint": ("1",)}
    with plant.store.view() as view:
        assert view.lamps()["paint"].lamps.slots[1].value == "slow"
    shown = plant.hub.presence.of("paint").lamps
    assert shown is not None
    assert shown.lamps["1"].value == "off"

    del paint.pins.stuck[SLOT_1_LAMP]
    until(lambda: paint.wired.health()["lamps_failing"] == [], "the read-back")
    plant.go_on(1.0)
    plant.go_on(10.0)
    assert wrong(plant) == {}


def test_lamps_that_do_not_follow_the_hub_are_told_after_15_seconds_and_not_before(
    plant: PlantInStorm,
) -> None:
    assembly = plant.stations["assembly"]
    assembly.panel.is_frozen = True
    assembly.press("slot-1")
    for _ in range(int(FOLLOW_S) - 1):
        plant.go_on(1.0)
        assert wrong(plant) == {}
    for _ in range(3):
        plant.go_on(1.0)
    assert wrong(plant) == {"assembly": ()}
