"""A levelled station: the work dealt out evenly, a frozen zone, and a reason for each change in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.box import HeijunkaBox, PitchCleared
from kanban_hub.domain.replenishment import replenishment_queue
from tests.hub.domain.shopfloor import SUPPLIER, Shopfloor, kanban_loop, plant_of

PITCH_S = 600


def levelled(plant: Plant, pitch_s: float = PITCH_S, frozen: int = 4) -> Plant:
    stations = [
        replace(s, pitch_s=pitch_s, frozen_pitches=frozen) if s.id == SUPPLIER else s
        for s in plant.stations.values()
    ]
    return Plant(plant.site, stations, plant.items.values(), plant.loops.values(), plant.slots)


def shop_of(*rates: float, frozen: int = 4, cards: int = 12) -> Shopfloor:
    """One loop a rate, in pieces per hour; enough stock that nothing starves."""
    loops = [
        kanban_loop(f"item-{n}", item=f"item-{n}", rate_per_hour=rate, cards=cards, lead_time_s=0)
        for n, rate in enumerate(rates)
    ]
    shop = Shopfloor(*loops)
    shop.now_ms = 600_000_000
    shop.replan(levelled(plant_of(*loops), frozen=frozen))
    return shop


def pull(shop: Shopfloor, loop: str, count: int) -> None:
    shop.pulls(count, loop)


def box(shop: Shopfloor) -> list[str]:
    found = shop.floor.record(HeijunkaBox, SUPPLIER)
    return [pitch.card for pitch in found.pitches] if found else []


def test_the_pitches_of_the_frozen_zone_are_filled_by_each_loops_share() -> None:
    shop = shop_of(40, 20, frozen=6)
    pull(shop, "item-0", 4)
    pull(shop, "item-1", 4)
    shop.come_due()
    loops = [card.rsplit("-", 1)[0] for card in box(shop)]
    assert loops == ["item-0", "item-1", "item-0", "item-0", "item-1", "item-0"]


def test_what_is_frozen_stays_when_more_is_asked_for() -> None:
    shop = shop_of(40, 20)
    pull(shop, "item-0", 4)
    shop.come_due()
    before = box(shop)
    pull(shop, "item-1", 4)
    shop.come_due()
    assert box(shop) == before == [f"item-0-000{n}" for n in (1, 2, 3, 4)]


def test_the_queue_follows_the_pitches() -> None:
    shop = shop_of(40, 20)
    pull(shop, "item-1", 2)
    pull(shop, "item-0", 6)
    shop.come_due()
    queue = replenishment_queue(shop.floor, SUPPLIER, shop.now_ms)
    assert [entry.card.id for entry in queue][:4] == box(shop)
    assert [entry.pitch_ms is None for entry in queue] == [False] * 4 + [True] * 4


def test_a_change_in_the_frozen_zone_needs_a_reason_and_keeps_it() -> None:
    shop = shop_of(40)
    pull(shop, "item-0", 4)
    shop.come_due()
    first, second, *_ = box(shop)
    with pytest.raises(DomainError, match="needs a reason"):
        shop.ask(Resequence(SUPPLIER, first, second, "  "))
    shop.ask(Resequence(SUPPLIER, first, second, "tool broken"))
    assert box(shop)[:2] == [second, first]
    reasons = [event.reason for event, _ in shop.log if isinstance(event, PitchCleared)]
    assert reasons == ["tool broken", "tool broken"]


def test_what_is_not_frozen_has_no_place_to_change() -> None:
    shop = shop_of(40, frozen=1)
    pull(shop, "item-0", 2)
    shop.come_due()
    with pytest.raises(DomainError, match="frozen zone"):
        shop.ask(Resequence(SUPPLIER, "item-0-0001", "item-0-0002", "x"))


def test_a_served_card_leaves_its_pitch_and_a_late_one_stays() -> None:
    shop = shop_of(40)
    pull(shop, "item-0", 2)
    shop.come_due()
    shop.advance("item-0")
    shop.scan("item-0-0001", SUPPLIER)
    shop.wait(PITCH_S * 3)
    shop.come_due()
    assert box(shop) == ["item-0-0002"]


def test_who_starves_goes_before_the_share() -> None:
    shop = shop_of(40, 20, frozen=1, cards=3)
    pull(shop, "item-0", 1)
    shop.replan(levelled(plant_of(*[replace(x, lead_time_s=86_400) if x.id == "item-1" else x
                                    for x in shop.floor.plant.loops.values()]), frozen=1))  # fmt: skip
    pull(shop, "item-1", 1)
    shop.come_due()
    assert box(shop) == ["item-1-0001"]


def test_a_station_that_is_no_longer_levelled_forgets_its_pitches() -> None:
    shop = shop_of(40)
    pull(shop, "item-0", 2)
    shop.come_due()
    shop.replan(levelled(shop.floor.plant, pitch_s=0))
    shop.come_due()
    assert box(shop) == []


@given(st.lists(st.integers(1, 60), min_size=2, max_size=4))
def test_no_loop_is_ever_more_than_a_pitch_from_its_share(rates: list[int]) -> None:
    shop = shop_of(*map(float, rates), frozen=12, cards=40)
    for number in range(len(rates)):
        pull(shop, f"item-{number}", 13)
    shop.come_due()
    dealt = [card.rsplit("-", 1)[0] for card in box(shop)]
    measured = {f"item-{n}": 360.0 * 20 for n in range(len(rates))}
    total = sum(measured.values())
    for upto in range(1, len(dealt) + 1):
        for loop, share in measured.items():
            assert abs(dealt[:upto].count(loop) - share / total * upto) < len(rates)
