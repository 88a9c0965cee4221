"""Panic pulls are flagged and taken all the same."""

from kanban_hub.domain.events import PulledTooFast
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop


def flags(shop: Shopfloor) -> list[tuple[str, float, float]]:
    found = [event for event, _ in shop.log if isinstance(event, PulledTooFast)]
    return [(event.card, event.after_s, event.least_s) for event in found]


def test_a_pull_sooner_than_the_parts_can_be_used_up_is_flagged() -> None:
    shop = Shopfloor(kanban_loop(cycle_time_s=30))
    shop.pull()
    shop.wait(599)
    assert shop.pull().verdict == "accepted"
    assert flags(shop) == [("bracket-0002", 599, 600)]


def test_the_pace_of_the_parts_is_no_panic() -> None:
    shop = Shopfloor(kanban_loop(cycle_time_s=30))
    shop.pull()
    shop.wait(600)
    shop.pull()
    assert flags(shop) == []


def test_without_a_cycle_time_nothing_is_claimed(shop: Shopfloor) -> None:
    shop.pulls(4)
    assert flags(shop) == []
