import pytest
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import Person, account
from tests.hub.web.history import Weeks
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of
from tests.hub.web.walk.addresses import stir

PAGE = "/loops/bracket"


@pytest.fixture
def anna(site: Site) -> Person:
    return account(site, "anna", AccountRole.SUPERVISOR)


def full(site: Site) -> int:
    with site.parts.floor() as (floor, _):
        return sum(card.state == "full" and card.standing == "active" for card in floor.cards_of("bracket"))


def test_facts_cards_and_balance_of_a_loop_are_read_without_a_log_in(site: Site, client: FlaskClient) -> None:
    stir(site)
    text = text_of(client.get(PAGE))
    for said in (
        "Paint shop",
        "20 pieces",
        "bracket-0001",
        "stands in for bracket-0004",
        "Balance of cards: defined 4, there 4, beside them for a time 1",
    ):
        assert said in text, said
    assert "Hold the whole loop" not in text


def test_what_weeks_of_events_say_is_drawn_and_leads_to_the_events(site: Site, client: FlaskClient) -> None:
    Weeks(site).live(3)
    page = client.get(PAGE)
    assert page.text.count('<figure class="chart"') == 2
    assert "Where the cards were" in text_of(page)
    assert 'href="/events?numbers=' in page.text


def test_no_such_loop_is_a_page_that_says_so(client: FlaskClient) -> None:
    page = client.get("/loops/brack")
    assert (page.status_code, "there is no loop brack" in text_of(page)) == (404, True)


def test_a_loop_is_held_with_a_reason_and_the_way_back_is_shown(site: Site, anna: Person) -> None:
    assert anna.fill(PAGE, f"{PAGE}/hold", reason="tool under repair").location == f"{PAGE}?said=held"
    assert full(site) == 0
    assert "held: loop held: tool under repair" in anna.read(PAGE)

    anna.fill(PAGE, f"{PAGE}/resume")
    assert full(site) == 4


def test_without_a_reason_nothing_is_held_and_the_field_says_so(site: Site, anna: Person) -> None:
    response = anna.fill(PAGE, f"{PAGE}/hold", reason="  ")
    assert response.status_code == 400
    assert 'id="reason-fault"' in response.text
    assert full(site) == 4


def test_containers_for_an_occasion_come_beside_the_regular_cards_and_can_be_taken_back(
    site: Site, anna: Person
) -> None:
    anna.fill(PAGE, f"{PAGE}/cards", amount="45", of="pieces", occasion="fair", cycles="1", days="")
    assert "there 4, beside them for a time 3" in anna.read(PAGE)
    assert "5 pieces" in anna.read(PAGE)

    fields: dict[str, str | list[str]] = {**anna.form(PAGE, f"{PAGE}/cards/take-back")}
    fields["card"] = [f"bracket-000{n}" for n in (5, 6, 7)]
    anna.send(f"{PAGE}/cards/take-back", fields)
    assert "there 4, beside them for a time 0" in anna.read(PAGE)


def test_rubbish_is_told_at_its_field_and_what_was_typed_stays(anna: Person) -> None:
    response = anna.fill(
        PAGE, f"{PAGE}/cards", amount="lots", of="cards", occasion="fair", cycles="0", days="soon"
    )
    assert response.status_code == 400
    for name, typed in (("amount", "lots"), ("cycles", "0"), ("days", "soon")):
        assert f'id="{name}-fault"' in response.text
        assert f'value="{typed}"' in response.text
    assert 'value="fair"' in response.text


def test_what_the_rules_refuse_is_said_with_the_rule_and_keeps_what_was_typed(
    site: Site, anna: Person
) -> None:
    anna.fill(PAGE, f"{PAGE}/hold", reason="x")
    token = anna.form(PAGE, f"{PAGE}/resume")
    response = anna.send(f"{PAGE}/hold", {**token, "reason": "again"})
    assert (response.status_code, "no card of bracket is in use" in text_of(response)) == (409, True)


def test_an_operator_may_read_and_order_nothing_of_it(site: Site) -> None:
    otto = account(site, "otto", AccountRole.OPERATOR)
    assert "Order" not in otto.read(PAGE).split("Stock-outs")[0].split("Calendar")[1]
    assert otto.send(f"{PAGE}/hold", {"reason": "x"}).status_code == 403
