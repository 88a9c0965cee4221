import dataclasses

import pytest
from flask.testing import FlaskClient

from kanban_hub.domain.evidence.figures import FIGURES
from kanban_hub.web.report.columns import COLUMNS
from tests.hub.web.history import Weeks
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of
from tests.hub.web.walk.addresses import stir


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_a_page_before_anything_happened_and_after(site: Site, name: str) -> None:
    client = site.client()
    assert client.get(f"/reports/{name}").status_code == 200
    stir(site)
    page = client.get(f"/reports/{name}?span=week")
    assert page.status_code == 200
    assert FIGURES[name].title in text_of(page)
    assert f"/api/v1/evidence/{name}.csv?from=" in page.text


def test_every_figure_is_a_page_after_some_days(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(3)
    for name in FIGURES:
        page = client.get(f"/reports/{name}")
        assert page.status_code == 200, name
        assert "As a file for a spreadsheet" in text_of(page)


def test_fails_are_drawn_by_item_and_station_and_told_by_their_names(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "fail", loop="bracket", defect="dent")
    text = text_of(client.get("/reports/fails"))
    for said in (
        "Fails by item",
        "Bracket, left",
        "Fails by where it was made",
        "Paint shop",
        "Final assembly",
    ):
        assert said in text, said


def test_every_column_of_every_figure_has_a_name() -> None:
    names = {field.name for figure in FIGURES.values() for field in dataclasses.fields(figure.row)}
    assert names - COLUMNS.keys() == set()


def test_rows_have_names_times_and_a_way_to_their_events(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(2)
    page = client.get("/reports/rounds?span=month").text
    assert '<a href="/loops/bracket">Bracket, left</a>' in page
    assert '<a href="/cards/bracket-0001">bracket-0001</a>' in page
    assert '<a href="/events?numbers=' in page
    assert page.count('class="chart"') == 1
    assert "All events are known since:" in page


def test_a_loop_is_chosen_and_stays_chosen(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(2)
    page = client.get("/reports/stock-out-totals?loop=bracket").text
    assert '<option value="bracket" translate="no" selected>' in page
    assert "/loops/casting" not in page


def test_words_that_stand_in_rows_are_words(site: Site, client: FlaskClient) -> None:
    site.signal("assembly", "pull", loop="bracket")
    site.signal("assembly", "pull", loop="bracket")
    assert "repeated" in text_of(client.get("/reports/refusals"))
    stir(site)
    assert "Cannot deliver" in text_of(client.get("/reports/response-times"))


def test_a_time_that_cannot_be_is_told_and_kept(client: FlaskClient) -> None:
    page = client.get("/reports/turns?span=own&from=soon")
    assert (page.status_code, 'value="soon"' in page.text) == (400, True)
    assert 'id="from-fault"' in page.text


def test_no_such_figure_is_a_page_that_says_so(client: FlaskClient) -> None:
    assert client.get("/reports/blame").status_code == 404


def test_the_day_on_one_page_leads_to_figures_and_events(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(2)
    page = client.get("/reports/day")
    text = text_of(page)
    for title in (
        "Stock-outs",
        "Late promises",
        "Good the first time",
        "Ghost cards",
        "Top causes",
        "Response times",
    ):
        assert title in text, title
    assert "/reports/stock-outs?span=own&amp;from=2026-11-25T00:00" in page.text
    assert 'href="/events?numbers=' in page.text


def test_a_day_before_is_the_same_sheet_without_what_is_only_known_of_now(
    site: Site, client: FlaskClient
) -> None:
    Weeks(site).live(2)
    text = text_of(client.get("/reports/day?day=2026-11-24"))
    assert "The day after" in text
    assert "Ghost cards" not in text


@pytest.mark.parametrize(("typed", "status"), [("soon", 400), ("9999-12-31", 200), ("0001-01-01", 200)])
def test_rubbish_for_a_day_is_no_fault_of_the_hub(client: FlaskClient, typed: str, status: int) -> None:
    assert client.get(f"/reports/day?day={typed}").status_code == status


def test_all_reports_are_listed_with_what_they_say(client: FlaskClient) -> None:
    text = text_of(client.get("/reports"))
    for figure in FIGURES.values():
        assert figure.title in text
