import re

import pytest
from playwright.sync_api import Page, expect

from kanban_hub.accounts.account import AccountRole
from kanban_hub.labels.check import checked
from kanban_hub.orders import MoveCard
from kanban_hub.ports import EventFilter
from kanban_hub.web import cookies
from tests.chromium import settled
from tests.hub.web.account.person import Person, account, tablet
from tests.hub.web.ask import get
from tests.hub.web.served import Served
from tests.hub.web.site import Site

CARD = "/cards/bracket-0001"


def do(person: Person, name: str, card: str = CARD, **fields: str) -> int:
    """Press the button `name` of the card's page; the status of the answer."""
    form = person.form(card, card)
    return person.send(card, {**form, "do": name, **fields}).status_code


def state(site: Site, card: str = "bracket-0001") -> str:
    return str(get(site.client(), f"/api/v1/cards/{card}")["state"])


def offered(person: Person, card: str = CARD) -> list[str]:
    """The buttons of the page, the suggested one first."""
    return re.findall(r'name="do" value="(\w+)"', person.open(card).get_data(as_text=True))


def operator(site: Site) -> Person:
    return account(site, "olga", AccountRole.OPERATOR)


def supervisor(site: Site) -> Person:
    return account(site, "anna", AccountRole.SUPERVISOR)


def test_everybody_reads_where_a_card_stands_and_how_to_log_in_and_come_back(site: Site) -> None:
    page = Person(site).read(CARD)

    assert "A full container stands at Final assembly." in page
    assert checked("bracket-0001") in page
    assert offered(Person(site)) == []
    assert f"/login?next={CARD}" in Person(site).open(CARD).get_data(as_text=True)


def test_a_hub_that_is_private_asks_who_it_is(site: Site) -> None:
    closed = Site(site.data, is_private=True)

    assert Person(closed).open(CARD).headers["Location"] == "/login?next=%2Fcards%2Fbracket-0001"
    closed.store.close()


@pytest.mark.parametrize("code", ["BRACKET.0001", "bracket-0001", "BRACKET-0001", "bracket.0001"])
def test_the_code_on_a_card_leads_to_its_page_in_either_case(site: Site, code: str) -> None:
    code = (
        code
        if "-" in code
        else checked("bracket-0001").lower()
        if code.islower()
        else checked("bracket-0001")
    )

    for start in ("/c/", "/C/"):
        assert Person(site).open(f"{start}{code}").headers["Location"] == CARD


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/c/BRACKET.0001.AA", "its last two signs do not fit"),
        ("/c/hello", "This is no card number"),
        ("/c/%00%01", "This is no card number"),
        ("/c/" + "x" * 500, "This is no card number"),
        ("/cards/bracket-9999", "has never had a card of this number"),
        ("/cards/%3Cscript%3E", "There is no such card here"),
    ],
)
def test_what_is_no_card_gets_a_page_that_says_what_to_do(site: Site, address: str, said: str) -> None:
    response = Person(site).open(address)

    assert response.status_code == 404
    assert said in response.get_data(as_text=True)
    assert "<script>" not in response.get_data(as_text=True)


def test_one_card_goes_round_by_its_page_alone(site: Site) -> None:
    person = operator(site)
    for name, after in (
        ("pull", "requested"),
        ("accept", "accepted"),
        ("ship", "in_transit"),
        ("receive", "full"),
    ):
        assert offered(person)[0] == name
        assert do(person, name) == 303
        assert state(site) == after


def test_events_of_a_page_keep_station_and_role_and_no_person(site: Site) -> None:
    do(operator(site), "pull")

    with site.store.view() as view:
        recorded = view.events(EventFilter(card="bracket-0001", before=10**9, limit=1))[0]

    assert (recorded.occasion.station, recorded.occasion.role) == ("assembly", "operator")
    assert recorded.occasion.signal is not None


def test_quantity_and_lot_are_shipped(site: Site) -> None:
    person = operator(site)
    do(person, "pull")
    do(person, "accept")

    do(person, "ship", quantity="12", lot="L-7")

    found = get(site.client(), "/api/v1/cards/bracket-0001")
    assert (found["quantity"], found["lot"]) == (12, "L-7")


@pytest.mark.parametrize("quantity", ["many", "-1", "1e9", "99999999999999999999", "²"])
def test_a_quantity_that_cannot_be_is_told_and_what_was_typed_stays(site: Site, quantity: str) -> None:
    person = operator(site)
    do(person, "pull")
    do(person, "accept")
    form = person.form(CARD, CARD)

    response = person.send(CARD, {**form, "do": "ship", "quantity": quantity, "lot": "L-7"})

    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "The quantity is a number of pieces" in page
    assert f'value="{quantity}"' in page
    assert 'value="L-7"' in page
    assert state(site) == "accepted"


def test_a_page_that_was_open_for_too_long_does_nothing_twice(site: Site) -> None:
    person = operator(site)
    old = person.form(CARD, CARD)
    for step in ("pull", "accept", "ship", "receive"):
        site.hand.seconds += 60
        do(person, step)

    response = person.send(CARD, {**old, "do": "pull"})

    assert response.status_code == 409
    assert "Somebody has gone on already" in response.get_data(as_text=True)
    assert state(site) == "full"


def test_a_bad_container_is_set_apart_with_its_defect_and_leads_to_the_call(site: Site) -> None:
    person = operator(site)

    assert do(person, "fail", defect_own="scratched", lot="L-9") == 303

    page = person.open(CARD).get_data(as_text=True)
    assert state(site) == "quarantined"
    assert 'href="/quality/call-' in page
    assert offered(person) == ["undo"]
    assert get(site.client(), "/api/v1/findings")["items"][0]["defect"] == "scratched"


def test_what_was_done_is_taken_back_within_its_time_and_later_by_a_supervisor(site: Site) -> None:
    person = operator(site)
    do(person, "pull")
    assert do(person, "undo") == 303
    assert state(site) == "full"

    do(person, "pull")
    site.hand.seconds += 31
    assert "undo" not in offered(person)
    assert do(supervisor(site), "undo") == 303
    assert state(site) == "full"


def test_a_fail_is_taken_back_with_its_call_and_its_replacement(site: Site) -> None:
    person = operator(site)
    do(person, "fail")

    do(person, "undo")

    assert state(site) == "full"
    assert get(site.client(), "/api/v1/calls")["items"][0]["state"] == "withdrawn"


def test_a_tablet_acts_for_its_own_station_and_no_other(site: Site) -> None:
    at_paint, at_assembly = tablet(site, "paint"), tablet(site, "assembly")

    assert offered(at_paint) == []
    assert do(at_assembly, "pull") == 303
    assert offered(at_paint)[0] == "accept"
    assert do(at_paint, "accept") == 303
    assert "ship" not in offered(at_assembly)
    form = {**at_assembly.form(CARD, CARD), "do": "ship"}
    assert at_assembly.send(CARD, form).status_code == 400
    assert state(site) == "accepted"


def test_nobody_answers_for_a_supplier_outside_the_plant(site: Site) -> None:
    site.signal("paint", "pull", loop="casting")

    assert "ship" not in offered(operator(site), "/cards/casting-0001")


def test_a_card_is_held_for_a_reason_and_used_again(site: Site) -> None:
    lead = supervisor(site)

    assert do(lead, "hold") == 400
    assert do(lead, "hold", reason_own="wet") == 303
    assert "Reason: wet" in lead.read(CARD)
    assert "pull" not in offered(lead)
    assert do(lead, "resume") == 303
    assert offered(lead)[0] == "pull"


def test_a_lost_card_is_void_and_names_its_successor(site: Site) -> None:
    lead = supervisor(site)

    do(lead, "lose")

    page = Person(site).open(CARD).get_data(as_text=True)
    assert "do not use this card" in page
    assert 'href="/cards/bracket-0005"' in page
    assert offered(lead) == []


def test_who_may_not_sees_no_button_and_a_forged_form_is_refused(site: Site) -> None:
    person = operator(site)
    assert not {"hold", "lose", "reissue"} & set(offered(person))

    assert do(person, "lose") == 400
    assert do(person, "scrap") == 400
    quality = account(site, "quinn", AccountRole.QUALITY)
    assert offered(quality) == []
    assert Person(site).send(CARD, {"do": "pull"}).status_code == 303
    assert person.send(CARD, {"do": "pull", "since": "1"}).status_code == 403
    assert person.send(CARD, {**person.form(CARD, CARD), "do": "pull"}, "http://evil").status_code == 403
    assert state(site) == "full"


def test_what_is_in_a_container_is_counted(site: Site) -> None:
    assert do(operator(site), "count", quantity="7", lot="L-1") == 303

    assert get(site.client(), "/api/v1/cards/bracket-0001")["quantity"] == 7


def test_a_void_card_still_has_a_page_that_says_why(site: Site) -> None:
    site.ask(MoveCard("bracket-0001", "reissue", "torn"))

    page = Person(site).read(CARD)

    assert "retired: void" in page
    assert "reissued as bracket-0005: torn" in page


@pytest.mark.chromium
def test_a_person_with_a_phone_scans_a_card_empties_it_and_takes_that_back(
    site: Site, served: Served, tab: Page
) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    session = operator(site).session or ""
    tab.context.add_cookies([{"name": cookies.SESSION, "value": session, "domain": "127.0.0.1", "path": "/"}])
    tab.goto(f"/C/{checked('bracket-0001')}")

    tab.get_by_role("button", name="It is empty: ask for another").click()
    expect(tab.get_by_role("status")).to_have_text("Asked for.")
    expect(tab.locator(".stand .word")).to_contain_text("requested")
    tab.get_by_role("button", name="Take the last step back").press("Enter")

    expect(tab.locator(".stand .word")).to_contain_text("full")
    box = settled(tab).get_by_role("button", name="It is empty").bounding_box()
    assert box is not None
    assert box["height"] >= 64


@pytest.mark.chromium
def test_an_open_page_follows_the_card(site: Site, tab: Page) -> None:
    tab.goto(CARD)
    expect(tab.locator(".stand .word")).to_contain_text("full")

    site.signal("assembly", "pull", loop="bracket")

    expect(tab.locator(".stand .word")).to_contain_text("requested")
