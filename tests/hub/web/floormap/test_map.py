"""The floor map as a page: what stands where, what comes, what is asked for, what is wrong."""

import re
from dataclasses import replace

import pytest

from kanban_hub.domain.plant import KanbanLoop, Plant
from kanban_hub.web.floormap.zoom import PERCENTS
from tests.hub.web.account.person import Person
from tests.hub.web.site import HOSTILE, PLANT, Site


def read(site: Site, url: str = "/map") -> str:
    response = site.client().get(url)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def group(page: str, name: str) -> str:
    """The group of this id, and what follows it."""
    return page.partition(f'id="{name}"')[2]


def test_every_station_stands_on_the_map_and_leads_to_its_page_and_queue(site: Site) -> None:
    page = read(site)

    for station in ("assembly", "paint", "castings"):
        assert f'href="/stations/{station}"' in page
    assert 'href="/stations/paint/queue"' in page
    assert 'href="/stations/assembly/queue"' not in page, "it serves nobody"
    assert HOSTILE not in page
    assert "2 stations have no place yet" in page


def test_normal_is_quiet(site: Site) -> None:
    page = read(site)

    assert 'class="chip' not in page
    assert 'class="back"' not in page.partition("</svg>\n</div>")[0]
    assert "0 open calls" in page


def test_what_is_asked_for_goes_back_and_what_is_shipped_comes(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hand.seconds += 60
    site.signal("assembly", "pull", loop="bracket")
    page = read(site)
    assert "2 asked: late" in page
    assert 'class="back"' in group(page, "way-paint--assembly-line")
    assert 'href="/loops/bracket"' in page

    for _ in range(2):
        site.signal("paint", "advance", loop="bracket")
    page = read(site)

    assert "1 on the way" in page
    assert "1 asked: late" in page
    assert "1 to serve" in page


def test_a_loop_without_a_full_container_is_said_by_shape_word_and_colour(site: Site) -> None:
    for _ in range(4):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
    page = read(site)

    assert "4 asked: none left" in page
    chip = re.search(r'<g class="chip out".*?</g>', page, re.DOTALL)
    assert chip is not None
    assert "#shape-call" in chip[0]
    assert "1 loop without a full container" in page


def test_lamps_are_shown_as_the_station_says_by_pattern_and_word(site: Site) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.hear("paint")
    site.show("paint")
    box = group(read(site), "box-paint").partition('id="box-')[0]

    assert 'class="lamp amber slow"' in box
    assert "<title>amber: slow</title>" in box
    assert "<title>slot 1: slow</title>" in box
    assert "online" in box


def test_a_silent_station_says_since_when(site: Site) -> None:
    site.hear("paint")
    site.hand.seconds += 300
    page = read(site)

    assert 'class="box silent"' in page
    assert "heard 5 min ago" in page
    assert "1 station silent" in page


def test_calls_stand_above_their_station_and_lead_to_them(site: Site) -> None:
    call = f"call-{site.signal('paint', 'help', topic='machine')}"
    page = read(site)
    assert f'class="calls raised" href="/quality/{call}"' in page
    assert "Machine: not taken yet" in page

    site.signal("assembly", "fail", loop="bracket")

    assert "2 open calls" in read(site)


def test_two_loops_on_one_way_are_one_arrow_and_two_rows(site: Site) -> None:
    more = KanbanLoop("plate", "bracket", "paint", "assembly", 5, 2)
    site.load(Plant("plant", PLANT.stations.values(), PLANT.items.values(), [*PLANT.loops.values(), more]))
    site.signal("assembly", "pull", loop="plate")
    page = read(site)

    assert page.count('id="way-paint--assembly-line"') == 1
    assert page.count('id="way-paint--assembly"') == 1
    assert 'href="#way-paint--assembly"' in page
    assert 'href="/loops/plate"' in page


@pytest.mark.parametrize("wish", ["", "0", "5000", "x", "-1"])
def test_a_size_that_is_none_is_to_fit(site: Site, wish: str) -> None:
    assert 'class="fits"' in read(site, f"/map?zoom={wish}")


def test_every_size_has_an_address(site: Site) -> None:
    for percent in PERCENTS:
        page = read(site, f"/map?zoom={percent}")
        assert f'href="/map?zoom={percent}" data-width=' in page
        assert 'class="fits"' not in page


def test_only_who_may_change_the_plant_is_led_to_moving_stations(
    site: Site, root: Person, anna: Person
) -> None:
    assert "/map/move" in root.open("/map").get_data(as_text=True)
    assert "/map/move" not in anna.open("/map").get_data(as_text=True)


def test_what_may_change_is_a_part_of_its_own_and_costs_nothing_while_it_holds(site: Site) -> None:
    client = site.client()
    part = client.get("/map", headers={"X-Kanban-Part": "inside"})
    assert part.get_data(as_text=True).lstrip().startswith('<p class="bar state">')

    again = client.get("/map", headers={"X-Kanban-Part": "inside", "If-None-Match": part.headers["ETag"]})

    assert again.status_code == 304


def test_the_page_of_a_hub_without_a_plant_says_so(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    assert isinstance(tmp_path, Path)
    bare = Site(tmp_path)
    response = bare.client().get("/map")
    bare.store.close()

    assert response.status_code == 503


def test_a_picture_behind_the_stations_is_drawn_where_the_plant_says(site: Site) -> None:
    site.load(_with_picture())

    assert f'href="/api/v1/photos/{"0" * 32}"' in read(site)


def _with_picture() -> Plant:
    floor_map = replace(PLANT.floor_map, picture="0" * 32, picture_size=(100.0, 50.0))
    return Plant(
        "plant", PLANT.stations.values(), PLANT.items.values(), PLANT.loops.values(), floor_map=floor_map
    )
