from flask.testing import FlaskClient

from tests.hub.web.history import Weeks
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of
from tests.hub.web.walk.addresses import stir


def order_of(client: FlaskClient, url: str) -> list[str]:
    text = client.get(url).text
    return sorted(("bracket", "casting"), key=lambda loop: text.find(f'id="loop-{loop}"'))


def test_the_worst_loop_stands_first_unless_each_is_wanted_in_its_place(
    site: Site, client: FlaskClient
) -> None:
    for _ in range(3):
        site.signal("paint", "pull", loop="casting")
        site.hand.seconds += 10
    assert order_of(client, "/loops") == ["casting", "bracket"]
    assert order_of(client, "/loops?order=place") == ["bracket", "casting"]


def test_a_loop_that_ran_out_says_so_with_what_its_cards_do(site: Site, client: FlaskClient) -> None:
    stir(site)
    text = text_of(client.get("/loops"))
    assert "none left" in text
    assert "1 quarantined" in text
    assert "0 of 5" in text


def test_open_calls_lead_to_those_of_the_item(site: Site, client: FlaskClient) -> None:
    site.signal("castings", "cannot", loop="casting")
    assert 'href="/quality/calls?open=true&amp;item=casting"' in client.get("/loops").text
    assert "Cannot deliver" in text_of(client.get("/quality/calls?open=true&item=casting"))


def test_loops_are_chosen_by_who_supplies_and_who_consumes(client: FlaskClient) -> None:
    assert "1 loop" in text_of(client.get("/loops?supplier=paint"))
    assert "1 loop" in text_of(client.get("/loops?consumer=paint"))
    assert "No loop is like that" in text_of(client.get("/loops?supplier=paint&consumer=paint"))


def test_lead_times_are_those_that_were_measured(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(2)
    text = client.get("/loops").text
    assert '<a href="/reports/lead-times?loop=bracket">' in text


def test_a_line_beside_the_number_shows_the_last_days(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(1)
    page = client.get("/loops").text
    assert page.count('class="spark"') == 2
    assert "Full containers in the last 7 days: from " in page


def test_the_file_has_the_same_rows_and_no_words_of_a_language(site: Site, client: FlaskClient) -> None:
    for _ in range(4):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 10
    response = client.get("/loops.csv?supplier=paint", headers={"Accept-Language": "de"})
    assert response.text.splitlines() == [
        "loop,supplier,consumer,urgency,full,cards,lasts_minutes,open_calls",
        "bracket,paint,assembly,out,0,4,0.0,0",
    ]
