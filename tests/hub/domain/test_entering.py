"""An outage that was lived through on paper."""

from typing import Any

import pytest

from kanban_hub.domain.card import Contents
from kanban_hub.domain.entering import AGE_MOST_MS, LINES_MOST, SheetLine
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import Event, PulledTooFast
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.records.sheet import Entry, LineEntered, Sheet
from kanban_hub.domain.stock import PLANNED, lead_time, rate
from kanban_hub.domain.undoing import UNDO_S
from kanban_hub.orders import EnterLine, MoveCard
from tests.hub.domain.shopfloor import CONSUMER, SUPPLIER, Shopfloor, kanban_loop

MINUTE_MS = 60_000


class Paper:
    """The sheet `P-1`, entered line by line."""

    def __init__(self, shop: Shopfloor) -> None:
        self.shop = shop
        self.line = 0

    def enter(self, entry: Entry, number: int, minutes_ago: float | None = None, **rest: Any) -> list[Event]:
        self.line += 1
        written_ms = None if minutes_ago is None else self.shop.now_ms - round(minutes_ago * MINUTE_MS)
        return self.again(entry, number, self.line, written_ms, **rest)

    def again(self, entry: Entry, number: int, line: int, written_ms: int | None, **rest: Any) -> list[Event]:
        what = SheetLine("P-1", line, entry, f"bracket-{number:04d}", written_ms, **rest)
        return self.shop.ask(EnterLine(what, f"signal-{1000 + line}"))

    def verdicts(self) -> list[str]:
        sheet = self.shop.floor.record(Sheet, "P-1")
        return [line.verdict for line in sheet.lines] if sheet else []


@pytest.fixture
def shop() -> Shopfloor:
    made = Shopfloor()
    made.wait(7 * 3600)
    return made


@pytest.fixture
def paper(shop: Shopfloor) -> Paper:
    return Paper(shop)


def test_a_written_pull_is_a_pull_at_its_written_time(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 3, 90)

    card = shop.card(3)
    assert (card.state, card.asked_ms) == ("requested", shop.now_ms - 90 * MINUTE_MS)
    assert card.last is not None
    assert (card.last.station, card.last.how, card.last.moment.clock) == (CONSUMER, "paper", "written")
    assert card.last.moment.received_ms == shop.now_ms


def test_two_pulls_are_two_when_the_card_came_back_between_them(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 1, 30)
    paper.enter(Entry.RECEIVE, 1, 30)
    paper.enter(Entry.PULL, 1, 30)

    assert paper.verdicts() == ["accepted"] * 3
    assert shop.states()[0] == "requested"
    pulls = [event for event, _ in shop.log if getattr(event, "move", None) is Move.PULL]
    assert len(pulls) == 2


@pytest.mark.parametrize("minutes_ago", [(90, 10), (10, 10), (None, None)])
def test_two_pulls_are_one_when_it_did_not_whatever_time_stands_there(
    shop: Shopfloor, paper: Paper, minutes_ago: tuple[float | None, float | None]
) -> None:
    for minutes in minutes_ago:
        paper.enter(Entry.PULL, 1, minutes)

    assert paper.verdicts() == ["accepted", "already"]
    assert shop.states().count("requested") == 1


def test_a_sheet_entered_again_changes_nothing(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 1, 30)
    paper.enter(Entry.RECEIVE, 1, 20)
    written_ms = shop.now_ms - 30 * MINUTE_MS
    shop.wait(60)
    before = dict(shop.floor.cards)

    assert paper.again(Entry.PULL, 1, 1, written_ms) == []

    assert shop.floor.cards == before
    assert paper.verdicts() == ["accepted", "accepted"]


def test_a_line_entered_with_other_content_is_refused(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 1)

    with pytest.raises(DomainError, match="line 1 of sheet P-1 was entered before, as pull of bracket-0001"):
        paper.again(Entry.PULL, 2, 1, None)

    assert shop.card(2).state == "full"


def test_a_refused_line_can_be_corrected_and_entered(shop: Shopfloor, paper: Paper) -> None:
    with pytest.raises(DomainError):
        paper.enter(Entry.PULL, 99)

    paper.again(Entry.PULL, 2, 1, None)

    assert paper.verdicts() == ["accepted"]


def test_a_press_that_the_station_kept_and_the_line_on_paper_are_one_pull(
    shop: Shopfloor, paper: Paper
) -> None:
    shop.scan("bracket-0001")

    paper.enter(Entry.PULL, 1, 45)

    assert paper.verdicts() == ["already"]


def test_what_was_shipped_on_paper_happened_at_the_supplier(shop: Shopfloor, paper: Paper) -> None:
    shop.pull()

    paper.enter(Entry.SHIP, 1, 10, contents=Contents(15, "L-7"))
    paper.enter(Entry.SHIP, 1, 5)

    card = shop.card(1)
    assert card.last is not None
    assert (card.state, card.quantity, card.lot, card.last.station) == ("in_transit", 15, "L-7", SUPPLIER)
    assert paper.verdicts() == ["accepted", "already"]


def test_the_clock_of_a_call_begins_when_the_hub_gets_to_know(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.FAIL, 1, 300)
    paper.enter(Entry.FAIL, 2, 300)

    first, second = shop.floor.open_calls(SUPPLIER)
    assert first.id != second.id
    assert {first.raised_ms, second.raised_ms} == {shop.now_ms}
    assert first.raised_by == CONSUMER
    assert shop.card(1).state == "quarantined"


def test_a_fail_where_it_is_made_happened_there(paper: Paper) -> None:
    shop = paper.shop = Shopfloor(kanban_loop(steps=(Move.START, Move.SHIP)))
    shop.pull()
    shop.advance()

    paper.enter(Entry.FAIL, 1)

    (call,) = shop.floor.open_calls(SUPPLIER)
    assert call.raised_by == SUPPLIER


def test_pulls_without_a_time_say_nothing_of_rate_and_lead_time(shop: Shopfloor, paper: Paper) -> None:
    for number in (1, 2, 3, 4):
        for _ in range(3):
            shop.wait(1)
            paper.enter(Entry.PULL, number)
            paper.enter(Entry.RECEIVE, number)

    loop = shop.floor.loop("bracket")
    assert rate(shop.floor, loop).source == PLANNED
    assert lead_time(shop.floor, loop).source == PLANNED


def test_pulls_with_a_time_are_measured_as_if_they_had_been_pressed(shop: Shopfloor, paper: Paper) -> None:
    for minutes in range(240, 0, -40):
        paper.enter(Entry.PULL, 1, minutes)
        paper.enter(Entry.RECEIVE, 1, minutes - 30)

    loop = shop.floor.loop("bracket")
    assert rate(shop.floor, loop).per_hour == pytest.approx(30)
    assert lead_time(shop.floor, loop).seconds == 1800


def test_nobody_is_called_hasty_for_what_was_written_to_the_minute() -> None:
    shop = Shopfloor(kanban_loop(cycle_time_s=60.0))
    paper = Paper(shop)
    for number in (1, 2, 3):
        paper.enter(Entry.PULL, number, 1)

    assert [event for event, _ in shop.log if isinstance(event, PulledTooFast)] == []


@pytest.mark.parametrize(
    ("minutes_ago", "reason"), [(-1, Reason.NOT_ALLOWED), (AGE_MOST_MS / MINUTE_MS + 1, Reason.TOO_LATE)]
)
def test_a_time_that_cannot_be_is_refused(paper: Paper, minutes_ago: float, reason: Reason) -> None:
    with pytest.raises(DomainError) as refused:
        paper.enter(Entry.PULL, 1, minutes_ago)

    assert refused.value.reason is reason


@pytest.mark.parametrize("line", [0, LINES_MOST + 1])
def test_a_line_that_no_sheet_has_is_refused(paper: Paper, line: int) -> None:
    with pytest.raises(DomainError):
        paper.again(Entry.PULL, 1, line, None)


def test_a_void_card_is_refused(shop: Shopfloor, paper: Paper) -> None:
    shop.ask(MoveCard("bracket-0001", "lose"))

    with pytest.raises(DomainError) as refused:
        paper.enter(Entry.RECEIVE, 1)

    assert refused.value.reason is Reason.CARD_LOST


def test_a_supervisor_takes_a_line_back(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 1, 45)
    shop.wait(UNDO_S + 1)

    shop.ask(MoveCard("bracket-0001", "undo"))

    assert shop.card(1).state == "full"


def test_the_events_say_it_all(shop: Shopfloor, paper: Paper) -> None:
    paper.enter(Entry.PULL, 1, 30)
    paper.enter(Entry.FAIL, 2)

    assert shop.replayed().cards == shop.floor.cards
    assert shop.replayed().calls == shop.floor.calls
    assert shop.replayed().records == shop.floor.records
    assert [event.line for event, _ in shop.log if isinstance(event, LineEntered)] == [1, 2]


def test_containers_of_a_lot_are_taken_one_after_another() -> None:
    shop = Shopfloor(
        kanban_loop(kind=LoopKind.SIGNAL, cards=1, lot_containers=3, reorder_containers=1, steps=())
    )
    paper = Paper(shop)

    for _ in range(2):
        paper.enter(Entry.PULL, 1, 5)

    assert paper.verdicts() == ["accepted", "accepted"]
    assert shop.card(1).state == "requested"
