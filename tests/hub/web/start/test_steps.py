"""The first steps: from a hub without a plant to the first pull, each step kept by the plant itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import PASSWORD, Person, account
from tests.hub.web.plant.planner import Planner
from tests.hub.web.plant.test_rows import plant
from tests.hub.web.site import PLANT, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A hub without a plant."""
    made = Site(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def planner(site: Site) -> Planner:
    return Planner(account(site, "root", AccountRole.ADMIN))


def step(planner: Planner, which: str, **fields: Any) -> None:
    answer = planner.open("/start").send(f"/start/{which}", **fields)
    assert answer.status_code == 303, planner.text
    planner.open("/start")


def three_stations(planner: Planner) -> None:
    names = {
        "name-1": "Final assembly",
        "name-2": "Paint shop",
        "name-3": "Castings Inc.",
        "external-3": "yes",
    }
    step(planner, "stations", **names)


def test_from_nothing_to_the_first_pull(site: Site, planner: Planner) -> None:
    step(planner, "plant", name="Werk Süd", timezone="Europe/Berlin")
    assert (plant(site).site, plant(site).calendar.timezone) == ("werk-sued", "Europe/Berlin")
    three_stations(planner)
    assert [one.id for one in plant(site).stations.values()] == [
        "final-assembly",
        "paint-shop",
        "castings-inc",
    ]
    assert plant(site).stations["castings-inc"].external
    step(planner, "item", name="Bracket, left")
    step(
        planner, "loop", item="bracket-left", supplier="paint-shop", consumer="final-assembly",
        container_quantity="20", cards="2", rate_per_hour="30", lead_time="45",
    )  # fmt: skip
    loop = plant(site).loops["bracket-left"]
    assert (loop.cards, loop.lead_time_s, loop.rate_per_hour) == (2, 2700, 30.0)
    assert "/print/cards?loop=bracket-left" in planner.page.get_data(as_text=True)
    assert "/panel/final-assembly" in planner.page.get_data(as_text=True)
    step(planner, "cards")
    assert "Your first card has gone round" not in planner.text

    site.signal("final-assembly", "pull", loop="bracket-left")

    assert "Your first card has gone round" in planner.open("/start").text


def test_whoever_comes_again_is_where_he_was(site: Site, planner: Planner) -> None:
    step(planner, "plant", name="North", timezone="UTC")
    other = Planner(account(site, "berta", AccountRole.ADMIN)).open("/start")
    assert "The plant is north" in other.text
    assert 'action="/start/stations"' in other.page.get_data(as_text=True)
    assert 'action="/start/plant"' not in other.page.get_data(as_text=True)


def test_faults_are_told_at_the_step_and_what_was_typed_is_kept(site: Site, planner: Planner) -> None:
    planner.open("/start").send("/start/plant", name="x", timezone="Europe/Atlantis")
    assert (planner.page.status_code, "no time zone" in planner.text) == (400, True)
    assert 'value="Europe/Atlantis"' in planner.page.get_data(as_text=True)
    step(planner, "plant", name="x", timezone="UTC")
    three_stations(planner)
    step(planner, "item", name="Bracket")
    same = {
        "item": "bracket",
        "supplier": "paint-shop",
        "consumer": "paint-shop",
        "container_quantity": "many",
    }
    planner.send("/start/loop", **same)
    assert "this is no number" in planner.text
    assert 'value="many"' in planner.page.get_data(as_text=True)
    planner.send("/start/loop", **same | {"container_quantity": "5"})
    assert "is its own supplier" in planner.text


def test_a_plant_that_is_there_is_not_named_again(site: Site, planner: Planner) -> None:
    site.load()
    form = planner.person.form("/start", "/logout")
    planner.person.send("/start/plant", form | {"name": "other", "timezone": "UTC"})
    assert vars(plant(site)) == vars(PLANT)
    assert planner.person.send("/start/nothing", form).status_code == 404


def test_the_first_account_is_led_there(site: Site) -> None:
    person = Person(site)
    link = site.parts.register.invite_first()
    answer = person.welcome(f"/welcome/{link}", name="root")
    assert answer.headers["Location"] == "/login?said=password&next=/start"
    into = person.fill(answer.headers["Location"], "/login", name="root", password=PASSWORD)
    assert into.headers["Location"] == "/start"
    assert "First steps" in person.read("/start")


def test_only_admins_take_them(site: Site) -> None:
    anna = account(site, "anna", AccountRole.SUPERVISOR)
    assert anna.open("/start").status_code == 403
