import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of


@pytest.fixture
def anna(site: Site) -> Person:
    return account(site, "anna", AccountRole.SUPERVISOR)


@pytest.fixture
def page(anna: Person) -> str:
    """A count of the brackets, under way."""
    where = anna.fill("/loops/bracket", "/audits").location
    assert where is not None
    return where


def scan(person: Person, page: str, code: str, place: str = "") -> str:
    response = person.fill(page, f"{page}/sight", code=code, place=place)
    assert response.status_code == 303, text_of(response)
    return person.read(response.location or "")


def test_cards_are_scanned_into_the_page_and_the_rest_is_missing(anna: Person, page: str) -> None:
    assert "0 found 4 missing" in anna.read(page)
    assert "bracket-0003 is found." in scan(anna, page, "bracket-0003")
    text = scan(anna, page, " BRACKET-0001 ", "under the bench")
    assert "2 found 2 missing" in text


def test_finding_a_card_twice_is_finding_it(anna: Person, page: str) -> None:
    scan(anna, page, "bracket-0003")
    assert "1 found 3 missing" in scan(anna, page, "bracket-0003")


@pytest.mark.parametrize(
    ("code", "said"),
    [("soup", "names no card"), ("bracket-0077", "bracket-0077"), ("casting-0001", "not of the loop")],
)
def test_what_is_no_card_of_the_count_is_said_and_the_field_is_ready_for_the_next(
    anna: Person, page: str, code: str, said: str
) -> None:
    response = anna.fill(page, f"{page}/sight", code=code, place="")
    assert response.status_code in (400, 409)
    assert said in text_of(response)
    assert f'value="{code}"' not in response.text, "the next scan would be typed after it"


def test_a_missing_card_is_lost_only_after_the_count_and_by_who_says_so(
    site: Site, anna: Person, page: str
) -> None:
    for number in (1, 2, 3):
        scan(anna, page, f"bracket-000{number}")
    assert "It is lost" not in anna.read(page)
    anna.fill(page, f"{page}/end")
    assert "It is lost" in anna.read(page)

    response = anna.fill(page, f"{page}/lose")
    assert "bracket-0004 is lost for ever. Its successor is bracket-0005" in anna.read(
        response.location or ""
    )
    with site.parts.floor() as (floor, _):
        assert [card.id for card in floor.cards_of("bracket")][-1] == "bracket-0005"


def test_an_operator_scans_and_neither_ends_nor_loses(site: Site, page: str) -> None:
    otto = account(site, "otto", AccountRole.OPERATOR)
    assert "1 found" in scan(otto, page, "bracket-0001")
    assert "End the count" not in otto.read(page)
    assert otto.send(f"{page}/end", otto.form(page, f"{page}/sight")).status_code == 403


def test_counts_are_listed_and_one_goes_on_where_it_was_left(anna: Person, page: str) -> None:
    assert "Bracket, left" in anna.read("/audits")
    assert "under way" in anna.read("/audits")
    assert "Go on counting the cards" in anna.read("/loops/bracket")


def test_all_cards_of_the_plant_can_be_counted(site: Site, anna: Person) -> None:
    where = anna.fill("/audits", "/audits").location or ""
    assert "0 found 7 missing" in anna.read(where)


def test_no_such_count_is_a_page_that_says_so(anna: Person) -> None:
    assert anna.open("/audits/audit-7").status_code == 404
