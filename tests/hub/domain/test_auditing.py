"""A count of the cards: what is missing, and where it was last seen."""

import pytest

from kanban_hub.domain.auditing import missing
from kanban_hub.domain.errors import CardVoidError, DomainError, UnknownError
from kanban_hub.domain.records.audit import Audit
from kanban_hub.orders import BeginAudit, EndAudit, MoveCard, SightCard
from tests.hub.domain.shopfloor import CONSUMER, Shopfloor, kanban_loop


def begun(shop: Shopfloor, loop: str | None = None) -> str:
    shop.ask(BeginAudit(loop))
    return shop.floor.records_of(Audit)[0].id


def absent(shop: Shopfloor, audit: str) -> list[str]:
    found = shop.floor.record(Audit, audit)
    assert found is not None
    return [card.id for card in missing(shop.floor, found)]


def test_what_was_not_found_is_missing_and_says_where_it_was_last_seen(shop: Shopfloor) -> None:
    shop.pull()
    audit = begun(shop)
    for card in ("bracket-0002", "bracket-0004", "bracket-0002"):
        shop.ask(SightCard(audit, card, "rack 3"))
    assert absent(shop, audit) == ["bracket-0001", "bracket-0003"]
    last = shop.card(1).last
    assert last is not None
    assert (last.move, last.station) == ("pull", CONSUMER)


def test_a_sighting_moves_nothing(shop: Shopfloor) -> None:
    audit = begun(shop)
    before = dict(shop.floor.cards)
    shop.ask(SightCard(audit, "bracket-0001"))
    shop.ask(EndAudit(audit))
    assert shop.floor.cards == before


def test_a_missing_card_is_marked_lost_and_reissued_by_a_supervisor(shop: Shopfloor) -> None:
    begun(shop)
    shop.ask(MoveCard("bracket-0003", "lose"))
    assert shop.states() == ["full"] * 4
    assert shop.card(3).standing == "lost"


def test_a_void_card_that_turns_up_is_said_to_be_void(shop: Shopfloor) -> None:
    shop.ask(MoveCard("bracket-0003", "lose"))
    with pytest.raises(CardVoidError, match="void"):
        shop.ask(SightCard(begun(shop), "bracket-0003"))


def test_counts_of_the_same_cards_do_not_overlap() -> None:
    shop = Shopfloor(kanban_loop(), kanban_loop("casting", item="casting"))
    audit = begun(shop, "casting")
    with pytest.raises(DomainError, match="under way"):
        shop.ask(BeginAudit())
    with pytest.raises(DomainError, match="not of the loop"):
        shop.ask(SightCard(audit, "bracket-0001"))
    shop.ask(BeginAudit("bracket"))
    assert absent(shop, audit) == [f"casting-000{n}" for n in (1, 2, 3, 4)]


def test_no_part_of_a_number_is_a_sighting(shop: Shopfloor) -> None:
    with pytest.raises(UnknownError):
        shop.ask(SightCard(begun(shop), "bracket-000"))


def test_an_ended_count_takes_no_more(shop: Shopfloor) -> None:
    audit = begun(shop)
    shop.ask(EndAudit(audit))
    for order in (SightCard(audit, "bracket-0001"), EndAudit(audit)):
        with pytest.raises(DomainError, match="no audit"):
            shop.ask(order)
