"""What becomes known of a bad container, and what is decided about it."""

import pytest

from kanban_hub.domain.card import Contents
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.records.finding import Defect, Finding
from kanban_hub.orders import CountCard, MoveCard, NoteDefect
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor


def found(shop: Shopfloor) -> Finding:
    return shop.floor.records_of(Finding, only_open=False)[-1]


def test_a_fail_begins_a_finding_with_what_the_station_said(shop: Shopfloor) -> None:
    shop.fail(defect="scratched", lot="L1")
    finding = found(shop)
    assert (finding.card, finding.defect, finding.lot) == ("bracket-0001", "scratched", "L1")
    assert finding.id == shop.floor.open_calls(SUPPLIER)[0].id


def test_the_leader_adds_to_it_and_takes_nothing_away(shop: Shopfloor) -> None:
    shop.fail()
    call = found(shop).id
    shop.ask(NoteDefect(call, Defect(defect="burr", quantity=3, note="on the left edge", photo="a" * 32)))
    shop.ask(NoteDefect(call, Defect(note="tool 4", photo="b" * 32)))
    finding = found(shop)
    assert (finding.defect, finding.quantity) == ("burr", 3)
    assert (finding.notes, finding.photos) == (("on the left edge", "tool 4"), ("a" * 32, "b" * 32))


def test_a_lot_known_later_holds_its_sisters_from_then_on(shop: Shopfloor) -> None:
    shop.ask(CountCard("bracket-0003", Contents(lot="L1")))
    shop.fail()
    assert shop.card(3).suspect_of is None
    shop.ask(NoteDefect(found(shop).id, Defect(lot="L1")))
    assert shop.card(3).suspect_of == "bracket-0001"
    assert shop.card(1).lot == "L1"


@pytest.mark.parametrize("disposition", ["clear", "rework", "scrap", "return"])
def test_a_disposition_closes_the_finding_and_not_the_call(shop: Shopfloor, disposition: str) -> None:
    shop.fail()
    shop.ask(MoveCard("bracket-0001", disposition))
    assert (found(shop).disposition, found(shop).is_open) == (disposition, False)
    assert shop.floor.open_calls(SUPPLIER)


def test_a_fail_taken_back_was_none(shop: Shopfloor) -> None:
    shop.fail()
    shop.undo(shop.signal)
    assert (found(shop).disposition, found(shop).is_open) == (None, False)


def test_each_fail_of_the_same_card_has_a_finding_of_its_own(shop: Shopfloor) -> None:
    shop.fail()
    shop.ask(MoveCard("bracket-0001", "clear"))
    shop.wait(60)
    shop.fail_code("bracket-0001")
    assert [one.is_open for one in shop.floor.records_of(Finding, only_open=False)] == [False, True]


def test_notes_may_come_after_the_decision_and_hold_nothing_any_more(shop: Shopfloor) -> None:
    shop.ask(CountCard("bracket-0003", Contents(lot="L1")))
    shop.fail()
    shop.ask(MoveCard("bracket-0001", "scrap"))
    shop.ask(NoteDefect(found(shop).id, Defect(lot="L1", note="cause was the tool")))
    assert shop.card(3).suspect_of is None
    assert found(shop).notes == ("cause was the tool",)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Defect(), "at least one thing"),
        (Defect(quantity=-1), "0 to"),
        (Defect(lot="x" * 81), "1 to 80"),
        (Defect(note="x" * 2_001), "at most 2000"),
    ],
)
def test_what_cannot_be_is_refused(shop: Shopfloor, said: Defect, told: str) -> None:
    shop.fail()
    with pytest.raises(DomainError, match=told):
        shop.ask(NoteDefect(found(shop).id, said))


def test_photos_are_few(shop: Shopfloor) -> None:
    shop.fail()
    for number in range(8):
        shop.ask(NoteDefect(found(shop).id, Defect(photo=f"{number:032x}")))
    shop.ask(NoteDefect(found(shop).id, Defect(photo=f"{0:032x}")))
    with pytest.raises(DomainError, match="at most 8"):
        shop.ask(NoteDefect(found(shop).id, Defect(photo=f"{9:032x}")))


def test_a_call_for_help_has_no_finding(shop: Shopfloor) -> None:
    shop.call_help()
    with pytest.raises(DomainError, match="no bad container"):
        shop.ask(NoteDefect(shop.floor.open_calls()[0].id, Defect(note="x")))
