"""What the map says of walking."""

from dataclasses import replace
from datetime import time

import pytest

from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.plant import Plant
from kanban_hub.web.floormap.walk import distance
from tests.hub.web.account.person import Person
from tests.hub.web.ask import get
from tests.hub.web.site import PLANT, Site


def placed(scale: float | None, *, shifts: bool = False) -> Plant:
    """Assembly and paint 100 units apart."""
    places = {"assembly": (620.0, 180.0), "paint": (560.0, 140.0)}
    stations = [replace(one, position=places.get(one.id)) for one in PLANT.stations.values()]
    day = Shift("early", "Early shift", tuple(Weekday), time(0), time(23, 59))
    return Plant(
        "plant",
        stations,
        PLANT.items.values(),
        PLANT.loops.values(),
        floor_map=FloorMap(scale),
        calendar=Calendar("UTC", (day,) if shifts else ()),
    )


def bring(site: Site, times: int = 1) -> None:
    for _ in range(times):
        site.signal("assembly", "pull", loop="bracket")
        site.signal("paint", "advance", loop="bracket")
        site.signal("paint", "advance", loop="bracket")
        (card,) = [
            one["id"]
            for one in get(site.client(), "/api/v1/cards?loop=bracket")["items"]
            if one["state"] == "in_transit"
        ]
        site.signal("assembly", "scan", code=card)
        site.hand.seconds += 60


def test_what_was_received_was_walked_there_and_back(site: Site, root: Person) -> None:
    site.load(placed(0.5))
    bring(site, 12)

    page = root.read("/map")

    assert "1.2 km for 12 containers, there and back" in page
    assert "12 100 m 1.2 km 100 %" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Most would be saved by moving Final assembly: at 560; 140 on the map" in page


def test_without_a_scale_that_is_said_instead_of_a_number(site: Site, root: Person, anna: Person) -> None:
    bring(site)

    page = root.read("/map")

    assert "nobody has said yet how large the plant is" in page
    assert "Set the scale" in page
    assert "Set the scale" not in anna.read("/map")
    assert "Most would be saved" not in page


def test_ways_without_places_are_told_to_be_missing(site: Site, root: Person) -> None:
    site.load(replace_map(1.0))
    bring(site)

    page = root.read("/map")

    assert "1 loop is not in it" in page


def test_walking_is_told_by_shift(site: Site, root: Person) -> None:
    site.load(placed(0.5, shifts=True))
    bring(site, 2)

    assert "Early shift 200 m" in root.read("/map")


def test_where_nothing_was_received_nothing_was_walked(root: Person) -> None:
    assert "Nothing was received in this time." in root.read("/map")


def test_what_changes_every_moment_does_not_count_the_ways_of_a_month(site: Site) -> None:
    part = site.client().get("/map", headers={"X-Kanban-Part": "inside"}).get_data(as_text=True)

    assert "Walking" not in part


@pytest.mark.parametrize(
    ("metres", "text"), [(0, "0 m"), (999.4, "999 m"), (1000, "1 km"), (12_340, "12.3 km")]
)
def test_many_metres_are_kilometres(metres: float, text: str) -> None:
    assert distance(metres) == text


def replace_map(scale: float) -> Plant:
    return Plant(
        "plant",
        PLANT.stations.values(),
        PLANT.items.values(),
        PLANT.loops.values(),
        floor_map=FloorMap(scale),
    )
