"""After an outage: what was written is looked at, entered in order, and nothing twice."""

from http import HTTPStatus
from typing import Any

import pytest
from werkzeug.test import TestResponse

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.balance import balance
from kanban_hub.domain.entering import LINES_MOST
from kanban_hub.errors import StoreError
from kanban_hub.labels.check import checked
from kanban_hub.orders import MoveCard
from kanban_hub.ports import EventFilter
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

PATH = "/print/paper-mode/entry"


@pytest.fixture
def lead(site: Site) -> Person:
    site.hand.seconds += 7_200
    return account(site, "lead", AccountRole.SUPERVISOR)


def looked(lead: Person, lines: str, sheet: str = "7K3Q9M", **rest: str) -> TestResponse:
    return lead.fill(PATH, PATH, sheet=sheet, lines=lines, **rest)


def table(lead: Person, lines: list[tuple[int, str, str, str]], sheet: str = "7K3Q9M") -> dict[str, Any]:
    """The page's table of lines: number, what, time, card."""
    names = ("line", "entry", "at", "code")
    columns = {name: [str(row[at]) for row in lines] for at, name in enumerate(names)}
    return {"sheet": sheet, **columns, "form": lead.form(PATH, PATH)["form"]}


def entered(lead: Person, lines: list[tuple[int, str, str, str]], sheet: str = "7K3Q9M") -> TestResponse:
    return lead.send(f"{PATH}/done", table(lead, lines, sheet))


def states(site: Site, loop: str = "bracket") -> list[str]:
    with site.parts.floor() as (floor, _):
        return [card.state for card in floor.cards_of(loop)]


def revision(site: Site) -> int:
    with site.store.view() as view:
        return view.latest_event_number()


def test_looking_shows_what_each_line_means_and_changes_nothing(site: Site, lead: Person) -> None:
    before = revision(site)

    page = text_of(
        looked(
            lead, f"14:10 {checked('bracket-0003')}\nbracket-0003\nKSS:RECEIVE\nbracket-0003\nbracket-0003"
        )
    )

    assert page.count("full → requested") == 2
    assert page.count("requested → full") == 1
    assert page.count("Nothing follows: it is so already.") == 1
    assert "Enter the sheet: 3 lines count" in page
    assert revision(site) == before
    assert states(site) == ["full"] * 4


def test_lines_are_entered_in_order_at_their_times_at_the_station(site: Site, lead: Person) -> None:
    entered(
        lead,
        [
            (1, "pull", "2026-11-23T16:10", "bracket-0003"),
            (2, "receive", "2026-11-23T16:20", "HTTP://HUB/C/" + checked("bracket-0003")),
            (3, "pull", "2026-11-23T16:30", checked("bracket-0003")),
        ],
    )

    assert states(site) == ["full", "full", "requested", "full"]
    with site.store.view() as view:
        moves = view.events(EventFilter(card="bracket-0003", kind="card_moved"))
    assert [recorded.occasion.station for recorded in moves] == ["assembly"] * 3
    assert {(r.occasion.moment.clock, r.occasion.how, r.occasion.role) for r in moves} == {
        ("written", "paper", "supervisor")
    }
    first, *_, last = [recorded.occasion.moment for recorded in moves]
    assert last.at_ms - first.at_ms == 20 * 60_000
    assert last.received_ms > last.at_ms


def test_a_sheet_sent_twice_is_entered_once(site: Site, lead: Person) -> None:
    lines = [(1, "pull", "", "bracket-0001"), (2, "pull", "2026-11-23T16:10", "bracket-0002")]
    entered(lead, lines)
    before = revision(site)

    again = text_of(entered(lead, lines))

    assert again.count("Entered before: nothing follows.") == 2
    assert "0 lines count." in again
    assert revision(site) == before


def test_a_line_that_was_entered_otherwise_is_told(site: Site, lead: Person) -> None:
    entered(lead, [(1, "pull", "", "bracket-0001")])

    answer = text_of(entered(lead, [(1, "pull", "", "bracket-0002")]))

    assert "line 1 of sheet 7K3Q9M was entered before, as pull of bracket-0001" in answer
    assert states(site) == ["requested", "full", "full", "full"]


def test_what_does_not_count_stays_to_be_corrected_and_the_rest_is_entered(site: Site, lead: Person) -> None:
    answer = entered(
        lead,
        [
            (1, "pull", "", "bracket-0001"),
            (2, "pull", "", "bracket-0003.XX"),
            (3, "pull", "29:10", "bracket-0004"),
            (4, "ship", "", "bracket-0002"),
        ],
    )

    page = answer.get_data(as_text=True)
    assert "1 line counts. 3 lines do not: correct them below." in text_of(answer)
    for kept in ('value="bracket-0003.XX"', 'value="29:10"', 'value="bracket-0002"'):
        assert kept in page
    assert states(site) == ["requested", "full", "full", "full"]
    entered(lead, [(2, "pull", "", "bracket-0003"), (3, "pull", "", "bracket-0004")])
    assert states(site) == ["requested", "full", "requested", "requested"]


def test_the_hub_that_cannot_store_loses_nothing_and_takes_it_again(
    site: Site, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [(n, "pull", "", f"bracket-000{n}") for n in (1, 2, 3)]
    fields, ask, asked = table(lead, lines), site.ask, []

    def full_after_one(order: Any, role: str | None = None) -> None:
        asked.append(order)
        if len(asked) == 2:
            raise StoreError("disk full")
        ask(order, role)

    object.__setattr__(site.parts, "ask", full_after_one)
    answer = lead.send(f"{PATH}/done", fields)

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "nothing is entered twice" in text_of(answer)
    assert states(site) == ["requested", "full", "full", "full"]


def test_a_card_that_is_void_or_unknown_is_told_by_line(site: Site, lead: Person) -> None:
    site.ask(MoveCard("bracket-0001", "lose"))

    page = text_of(looked(lead, "bracket-0001\nbracket-0099\nhello"))

    assert "Card was reported lost: void" in page
    assert page.count("Card not known here") == 2
    assert "Enter the sheet: 0 lines count" in page


def test_a_time_before_what_is_known_of_the_card_is_asked_about(site: Site, lead: Person) -> None:
    site.signal("assembly", "scan", code="bracket-0001")

    page = text_of(looked(lead, "KSS:RECEIVE\n2026-11-23 15:10 bracket-0001"))

    assert "Earlier than the last thing known of the card" in page


def test_a_bad_container_on_paper_calls_help_with_a_clock_that_begins_now(site: Site, lead: Person) -> None:
    entered(lead, [(1, "fail", "2026-11-23T15:10", "bracket-0001")])

    with site.parts.floor() as (floor, _):
        (call,) = floor.open_calls()
        assert call.raised_ms == site.clock.now_ms()
        assert all(sheet.is_even for sheet in balance(floor))


def test_what_a_label_says_of_the_contents_goes_with_what_was_sent(site: Site, lead: Person) -> None:
    site.signal("paint", "pull", loop="casting")
    label = "[)>\x1e06\x1d15KCASTING-0001\x1dQ15\x1d1TL-7\x1e\x04"

    entered(lead, [(1, "ship", "", label)])

    with site.parts.floor() as (floor, _):
        card = floor.cards["casting-0001"]
    assert (card.state, card.quantity, card.lot) == ("in_transit", 15, "L-7")


def test_stations_that_still_keep_signals_are_named_first(site: Site, lead: Person) -> None:
    site.hear("paint", outbox=3)

    page = lead.read(PATH)

    assert "Wait until they have come" in page
    assert "Paint shop : 3 signals" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sheet": "a b", "lines": "bracket-0001"}, "The number of the sheet has letters and digits only"),
        ({"sheet": "P1", "lines": "   "}, "There is no line yet."),
        ({"sheet": "P1", "lines": "a-0001\n" * (LINES_MOST + 1)}, "A sheet has 200 lines at most"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    lead: Person, fields: dict[str, str], said: str
) -> None:
    answer = lead.fill(PATH, PATH, **fields)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert said in text_of(answer)
    assert fields["lines"].strip() in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", [AccountRole.OPERATOR, AccountRole.QUALITY, AccountRole.SUPPLIER])
def test_only_supervisors_enter_sheets(site: Site, role: AccountRole) -> None:
    person = account(site, "one", role, station="castings" if role is AccountRole.SUPPLIER else None)

    assert person.open(PATH).status_code == HTTPStatus.FORBIDDEN
    fields = {**person.form("/account", "/logout"), "sheet": "P1", "line": "1", "entry": "pull"}
    sent = person.send(f"{PATH}/done", {**fields, "at": "", "code": "bracket-0001"})
    assert sent.status_code == HTTPStatus.FORBIDDEN
    assert states(site) == ["full"] * 4


def test_a_whole_sheet_is_entered_within_the_patience_of_a_person(site: Site, lead: Person) -> None:
    lines = [
        (n, "pull" if n % 2 else "receive", "", f"bracket-000{n // 2 % 4 + 1}")
        for n in range(1, LINES_MOST + 1)
    ]

    answer = text_of(entered(lead, lines))

    assert answer.count("Look at the card") == LINES_MOST
