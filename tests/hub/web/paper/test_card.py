from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.balance import balance
from kanban_hub.labels.check import checked
from kanban_hub.orders import MoveCard
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

URL = "/print/cards/bracket-0001"


@pytest.fixture
def lead(site: Site) -> Person:
    return account(site, "lead", AccountRole.SUPERVISOR)


def standing(site: Site, card: str) -> tuple[str, str]:
    with site.parts.floor() as (floor, _):
        known = floor.cards[card]
        return known.state, known.standing


def test_printing_a_card_again_voids_nothing(site: Site, client: FlaskClient) -> None:
    for url in (URL, "/print/cards.pdf?card=bracket-0001", "/print/cards.zpl?card=bracket-0001"):
        assert client.get(url).status_code == HTTPStatus.OK

    assert standing(site, "bracket-0001") == ("full", "active")
    assert checked("bracket-0001") in client.get(URL).get_data(as_text=True)


def test_reissuing_voids_the_old_number_and_shows_the_new_card(site: Site, lead: Person) -> None:
    site.signal("assembly", "pull", loop="bracket")

    answer = lead.fill(URL, f"{URL}/reissue", reason="torn")

    assert answer.headers["Location"] == "/print/cards/bracket-0005"
    page = lead.read("/print/cards/bracket-0005")
    assert "has taken the place of one whose number is void" in page
    assert checked("bracket-0005") in page
    assert standing(site, "bracket-0001")[1] == "retired"
    assert standing(site, "bracket-0005") == ("requested", "active")
    with site.parts.floor() as (floor, _):
        assert all(sheet.is_even for sheet in balance(floor))


def test_the_old_number_is_refused_at_the_station_and_shown(site: Site, lead: Person) -> None:
    lead.fill(URL, f"{URL}/reissue", reason="torn")

    site.signal("assembly", "scan", code=f"HTTP://HUB/C/{checked('bracket-0001')}")

    with site.store.view() as view:
        last = view.latest_event_of("bracket-0001")
    assert last is not None
    assert (last.event.kind, getattr(last.event, "reason", "")) == ("signal_refused", "card_retired")
    old = lead.read(URL)
    assert "This number is void" in old
    assert "In its place is: bracket-0005" in old
    assert checked("bracket-0001") not in lead.open(URL).get_data(as_text=True)


def test_a_card_whose_container_is_quarantined_is_not_reissued(site: Site, lead: Person) -> None:
    fields = lead.form(URL, f"{URL}/reissue")
    site.signal("assembly", "fail", loop="bracket")

    assert "decide about the container first" in lead.read(URL)
    answer = lead.send(f"{URL}/reissue", {**fields, "reason": "torn"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Quarantined: do not use" in text_of(answer)


def test_only_who_may_order_it_sees_and_sends_a_reissue(site: Site, client: FlaskClient) -> None:
    operator = account(site, "anna", AccountRole.OPERATOR)

    assert "Reissue" not in text_of(client.get(URL))
    assert "Reissue" not in operator.read(URL)
    fields = operator.form("/account", "/logout")
    assert operator.send(f"{URL}/reissue", fields).status_code == HTTPStatus.FORBIDDEN
    assert standing(site, "bracket-0001")[1] == "active"


def test_sent_twice_it_reissues_once(site: Site, lead: Person) -> None:
    fields = {**lead.form(URL, f"{URL}/reissue"), "reason": "torn"}
    lead.send(f"{URL}/reissue", fields)

    again = lead.send(f"{URL}/reissue", fields)

    assert again.status_code == HTTPStatus.CONFLICT
    with site.parts.floor() as (floor, _):
        assert len(floor.cards_of("bracket")) == 4


def test_a_lost_card_leads_to_its_successor_too(site: Site, client: FlaskClient) -> None:
    site.ask(MoveCard("bracket-0001", "lose"))

    assert "In its place is: bracket-0005" in text_of(client.get(URL))
    assert "has taken the place" in text_of(client.get("/print/cards/bracket-0005"))


def test_a_card_that_nobody_knows_is_told(client: FlaskClient) -> None:
    assert client.get("/print/cards/bracket-9999").status_code == HTTPStatus.NOT_FOUND
