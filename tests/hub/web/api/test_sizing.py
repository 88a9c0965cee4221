from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.plant import LoopKind, Plant
from kanban_hub.domain.sizing.formulas import FORMULAS
from tests.hub.web.ask import get
from tests.hub.web.site import PLANT, Site

URL = "/api/v1/loops/bracket/sizing"


def round_trips(site: Site, count: int, away_s: float) -> None:
    for _ in range(count):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += away_s
        card = "bracket-0001"
        with site.parts.floor() as (floor, _):
            card = next(one.id for one in floor.cards_of("bracket") if one.state != "full")
        site.signal("assembly", "scan", code=card, intent="receive")


def test_before_anything_was_measured_the_plan_is_used_and_said_so(client: FlaskClient) -> None:
    found = get(client, URL)
    inputs = {one["name"]: one for one in found["inputs"]}
    assert (inputs["demand_per_hour"]["value"], inputs["demand_per_hour"]["source"]) == (30.0, "planned")
    assert inputs["lead_time_h"]["why"] == "only 0 lead times so far, 5 are needed"
    assert [one["name"] for one in found["formulas"]] == list(FORMULAS)


def test_every_formula_shows_its_arithmetic(client: FlaskClient) -> None:
    found = {one["name"]: one for one in get(client, f"{URL}?epei_h=8")["formulas"]}
    assert found["textbook"]["arithmetic"] == "30 pieces/h × 2 h × 1.2 ÷ 20 = 3.6 → 4"
    assert (found["textbook"]["figure"], found["textbook"]["unit"]) == (4, "cards")
    assert found["signal_lot"]["figure"] == 240
    assert found["epei"]["uses"][-2:] == ["epei_h", "safety_time_h"]


def test_a_formula_without_one_of_its_figures_says_which(client: FlaskClient) -> None:
    found = {one["name"]: one for one in get(client, URL)["formulas"]}
    assert (found["epei"]["figure"], found["epei"]["arithmetic"]) == (None, "needs epei_h: give it")


def test_measured_pulls_and_lead_times_replace_the_plan(site: Site, client: FlaskClient) -> None:
    round_trips(site, 6, 1800)
    found = get(client, URL)
    inputs = {one["name"]: one for one in found["inputs"]}
    assert (inputs["demand_per_hour"]["value"], inputs["demand_per_hour"]["source"]) == (40.0, "measured")
    assert inputs["lead_time_h"]["value"] == pytest.approx(0.5)
    assert found["proposal"]["text"] == "Try 3 cards instead of 4: 25 % fewer"
    assert found["proposal"]["replay"] == "3 cards: never without a full container in 6 pulls, lowest 2"


def test_what_is_too_long_ago_is_not_looked_at(site: Site, client: FlaskClient) -> None:
    round_trips(site, 6, 1800)
    site.hand.seconds += 3 * 86_400
    inputs = {one["name"]: one for one in get(client, f"{URL}?days=2")["inputs"]}
    assert inputs["demand_per_hour"]["source"] == "planned"


def test_what_is_given_is_tried_instead_of_what_was_measured(site: Site, client: FlaskClient) -> None:
    round_trips(site, 6, 1800)
    found = get(client, f"{URL}?demand_per_hour=200&lead_time_h=1&safety=0&formula=oracle_cards")
    assert found["proposal"] == {
        "formula": "oracle_cards",
        "cards_now": 4,
        "cards": 11,
        "keep": False,
        "text": "Try 11 cards instead of 4: 175 % more",
        "replay": "11 cards: never without a full container in 6 pulls, lowest 10",
    }


def test_a_difference_within_the_band_keeps_the_loop_as_it_is(client: FlaskClient) -> None:
    wide = get(client, f"{URL}?band_percent=30")["proposal"]
    assert (wide["keep"], wide["cards"]) == (True, 4)
    assert get(client, URL)["proposal"]["cards"] == 5


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("formula=two_bin", "query.formula: is not known; known here: textbook"),
        ("safety=-1", "query.safety"),
        ("service_percent=97", "query.service_percent"),
        ("days=93&band_percent=101", "query.days"),
    ],
)
def test_a_figure_that_cannot_be_is_named(client: FlaskClient, query: str, text: str) -> None:
    assert text in get(client, f"{URL}?{query}", 400)["detail"]


@pytest.mark.parametrize("query", ["lead_time_h=nan", "variability=0", "formula=epei"])
def test_a_figure_that_no_formula_can_work_with_is_refused(client: FlaskClient, query: str) -> None:
    status = client.get(f"{URL}?{query}").status_code
    assert status in (400, 409)
    assert get(client, f"{URL}?{query}", status)["detail"]


def test_a_loop_that_is_not_sized_by_its_cards_has_figures_and_no_proposal(
    site: Site, client: FlaskClient
) -> None:
    bins = replace(PLANT.loops["casting"], kind=LoopKind.TWO_BIN, cards=2)
    site.load(Plant("plant", PLANT.stations.values(), PLANT.items.values(), [PLANT.loops["bracket"], bins]))
    found = get(client, "/api/v1/loops/casting/sizing")
    assert found["proposal"] is None
    assert {one["name"]: one["figure"] for one in found["formulas"]}["two_bin"] == 30


def test_an_unknown_loop_is_not_found(client: FlaskClient) -> None:
    assert "no loop 'brack'" in get(client, "/api/v1/loops/brack/sizing", 404)["detail"]
