"""The home of administration: counts, and what is missing."""

from dataclasses import replace

from kanban_hub.domain.plant import Plant
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.web.plant.gaps import gaps
from tests.hub.web.account.person import Person
from tests.hub.web.plant.planner import Planner
from tests.hub.web.site import PLANT, Site


def test_tiles_count_what_there_is_and_say_what_is_missing(site: Site, root: Person) -> None:
    text = root.read("/plant")

    assert "Stations 3" in text
    assert "2, with 7 cards" in text
    assert "There are no shifts" in text
    assert "1 loop of a supplier outside has not its item number" in text


def test_a_plant_without_anything_lacks_its_loops() -> None:
    assert [gap.path for gap in gaps(Plant("plant"), NoticesConfig())][:1] == ["/plant/loops"]


def test_loops_without_a_planned_consumption_are_named() -> None:
    plant = PLANT.with_loop(replace(PLANT.loops["bracket"], rate_per_hour=1.0))

    (found,) = (gap for gap in gaps(plant, NoticesConfig()) if gap.path == "/plant/loops")

    assert (found.text, found.names) == (
        "1 loop has no planned consumption: until it is measured its queue is a guess.",
        ("bracket",),
    )


def test_without_a_plant_the_home_leads_to_the_first_steps(planner_of_empty: Planner) -> None:
    planner_of_empty.open("/plant")

    assert 'href="/start"' in planner_of_empty.page.get_data(as_text=True)
    board = planner_of_empty.person.open("/")
    assert (board.status_code, 'href="/start"' in board.get_data(as_text=True)) == (503, True)
