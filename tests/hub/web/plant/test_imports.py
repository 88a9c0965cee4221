"""A plant or a table from a file: nothing is changed before it was seen, and every fault has its line."""

import io
from dataclasses import replace

import pytest

from kanban_hub import plantfile
from kanban_hub.domain.plant import Plant, Slot
from kanban_hub.plantchange import PlantWay
from tests.hub.web.account.person import Person
from tests.hub.web.plant.planner import Planner
from tests.hub.web.plant.test_rows import plant
from tests.hub.web.site import PLANT, Site

URL = "/plant/import"
CSV = "id;cards;rate_per_hour\nbracket;6;12,5\n"


@pytest.fixture
def planner(root: Person) -> Planner:
    return Planner(root)


def uploaded(text: str, name: str = "table.csv", encoding: str = "utf-8") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode(encoding)), name


def test_a_table_from_a_spreadsheet_is_looked_at_and_applied(site: Site, planner: Planner) -> None:
    planner.open(URL).send(URL, what="loops", file=uploaded(CSV, encoding="utf-16"))
    assert "Cards 4 → 6" in planner.text
    assert plant(site).loops["bracket"].cards == 4

    applied = planner.apply(URL)

    assert applied.status_code == 303
    assert plant(site).loops["bracket"] == replace(PLANT.loops["bracket"], cards=6, rate_per_hour=12.5)
    with site.store.view() as view:
        assert view.plant_changes(1)[0].way is PlantWay.IMPORT


def test_all_faults_of_a_table_are_told_with_their_lines_and_the_text_is_kept(planner: Planner) -> None:
    text = "id,cards,batch\nbracket,x,1\n\ncasting,1,9\nnew,1,1\n"
    answer = planner.open(URL).send(URL, what="loops", text=text)

    assert answer.status_code == 400
    assert "Line 2 : loops bracket cards : this is no number" in planner.text
    assert "Line 5 : loops new item : is missing" in planner.text
    assert "casting,1,9" in answer.get_data(as_text=True)
    planner.send(URL, what="loops", text=text.replace("x", "5").replace("new,1,1\n", ""))
    assert "Line 4 : loops casting batch : a batch of 9 is never complete with 1 cards" in planner.text


def test_a_column_that_is_not_known_is_told(planner: Planner) -> None:
    answer = planner.open(URL).send(URL, what="stations", file=uploaded("id,nmae\npaint,x\n"))
    assert "id,nmae" in answer.get_data(as_text=True), "what was uploaded can be mended on the page"
    assert "Line 1 : nmae : no such column did you mean 'name'?" in planner.text


def test_rows_that_are_not_in_the_file_are_removed_only_when_it_is_said(site: Site, planner: Planner) -> None:
    text = "id,name\nbracket,Bracket\n"
    planner.open(URL).send(URL, what="items", text=text, is_whole="yes")
    assert "no item 'casting'" in planner.text
    planner.send(URL, what="items", text=text, is_whole=None)
    planner.apply(URL)
    assert list(plant(site).items) == ["bracket", "casting"]


def test_a_whole_plant_is_compared_and_put_in(site: Site, planner: Planner) -> None:
    wanted = PLANT.with_loop(replace(PLANT.loops["bracket"], cards=5))
    planner.open(URL).send(URL, file=uploaded(plantfile.export(wanted), "plant.toml"))
    assert "Cards 4 → 5" in planner.text
    planner.apply(URL)
    assert vars(plant(site)) == vars(wanted)


def test_a_plant_file_with_faults_is_told_with_lines(planner: Planner) -> None:
    planner.open(URL).send(URL, text=plantfile.export(PLANT).replace("cards = 4", "cards = 0\nspeed = 1"))
    assert "there is no such setting" in planner.text
    assert "Line " in planner.text
    planner.send(URL, text='site = "plant"\nname name')
    assert "Line 2 : this is no TOML" in planner.text


def test_a_large_plant_fits_and_one_too_large_is_refused(site: Site, planner: Planner) -> None:
    loops = [replace(PLANT.loops["casting"], id=f"loop-{n}") for n in range(1_000)]
    slots = [Slot("paint", 1, "bracket"), Slot("castings", 1, "casting")]
    stations, items = PLANT.stations.values(), PLANT.items.values()
    large = Plant("plant", stations, items, [*PLANT.loops.values(), *loops], slots)
    planner.open(URL).send(URL, text=plantfile.export(large))
    assert planner.page.status_code == 200, planner.text[:500]
    assert planner.apply(URL).status_code == 303
    assert len(plant(site).loops) == 1_002
    assert planner.open(URL).send(URL, text="#" * 1_100_000).status_code == 413


def test_the_very_first_plant_can_come_as_a_file(empty: Site, planner_of_empty: Planner) -> None:
    planner_of_empty.open(URL).send(URL, text=plantfile.export(PLANT))
    assert "4 cards are issued" in planner_of_empty.text
    assert planner_of_empty.apply(URL).status_code == 303
    assert vars(plant(empty)) == vars(PLANT)


def test_another_site_is_refused(planner: Planner) -> None:
    planner.open(URL).send(URL, text=plantfile.export(PLANT).replace('site = "plant"', 'site = "other"'))
    assert "This hub is site 'plant', the file is site 'other'" in planner.text


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\x00" * 50, b"PK\x03\x04\x14\x00", b""])
def test_what_is_no_text_is_told(planner: Planner, raw: bytes) -> None:
    for what in ("plant", "loops"):
        answer = planner.open(URL).send(URL, what=what, file=(io.BytesIO(raw), "x.xlsx"))
        assert answer.status_code == 400
