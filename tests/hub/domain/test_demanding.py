"""A customer's order drives the chain from its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.demanding import opened
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.records.demand import Demand
from kanban_hub.orders import PlaceDemand
from tests.hub.domain.shopfloor import CONSUMER, OTHER, Shopfloor, kanban_loop


def order(shop: Shopfloor, reference: str, pieces: int) -> Demand:
    shop.ask(PlaceDemand("bracket", reference, pieces))
    found = shop.floor.record(Demand, f"bracket/{reference}")
    assert found is not None
    return found


def test_an_order_pulls_as_many_containers_as_it_needs() -> None:
    shop = Shopfloor()
    assert order(shop, "A-1", 45).served == 45
    assert shop.states() == ["requested"] * 3 + ["full"]
    assert opened(shop.floor, "bracket") == 15


def test_the_rest_of_an_opened_container_goes_to_the_next_customer() -> None:
    shop = Shopfloor()
    order(shop, "A-1", 45)
    order(shop, "A-2", 10)
    assert shop.states() == ["requested"] * 3 + ["full"]
    assert opened(shop.floor, "bracket") == 5


def test_an_order_beyond_the_stock_is_served_when_containers_arrive() -> None:
    shop = Shopfloor(kanban_loop(steps=()))
    assert order(shop, "A-1", 100).served == 80
    shop.wait(600)
    shop.scan("bracket-0001")
    served = shop.floor.record(Demand, "bracket/A-1")
    assert served is not None
    assert (served.served, served.is_open) == (100, False)
    assert shop.states()[0] == "requested"


def test_the_older_order_is_served_first() -> None:
    shop = Shopfloor(kanban_loop(steps=(), cards=1))
    order(shop, "B", 20)
    shop.wait(1)
    order(shop, "A", 20)
    shop.wait(1)
    order(shop, "Z", 20)
    shop.wait(600)
    shop.scan("bracket-0001")
    assert [d.id for d in shop.floor.records_of(Demand)] == ["bracket/Z"]


def test_the_same_order_twice_is_one() -> None:
    shop = Shopfloor()
    order(shop, "A-1", 20)
    assert shop.ask(PlaceDemand("bracket", "A-1", 20)) == []
    assert shop.states() == ["requested", "full", "full", "full"]


def test_the_same_reference_with_other_pieces_is_refused() -> None:
    shop = Shopfloor()
    order(shop, "A-1", 20)
    with pytest.raises(DomainError, match="was taken with 20 pieces"):
        order(shop, "A-1", 30)


def test_customers_order_only_where_the_chain_ends() -> None:
    inner = kanban_loop("casting", item="casting", supplier=OTHER, consumer="paint")
    shop = Shopfloor(kanban_loop(), inner)
    with pytest.raises(DomainError, match="paint supplies others"):
        shop.ask(PlaceDemand("casting", "A-1", 20))


def test_an_operators_press_and_an_order_never_take_the_same_container() -> None:
    shop = Shopfloor(kanban_loop(cards=1))
    order(shop, "A-1", 20)
    assert shop.pull(station=CONSUMER).verdict == "already"


@given(st.lists(st.integers(1, 70), min_size=1, max_size=8), st.integers(0, 30))
def test_every_piece_is_accounted_for(orders: list[int], arrivals: int) -> None:
    shop = Shopfloor(kanban_loop(steps=(), duplicate_window_s=0))
    for number, pieces in enumerate(orders):
        shop.wait(1)
        order(shop, f"o-{number}", pieces)
    for _ in range(arrivals):
        shop.wait(60)
        away = next((c for c in shop.floor.cards_of("bracket") if c.state != "full"), None)
        if away is not None:
            shop.scan(away.id)
    demands = shop.floor.records_of(Demand, only_open=False)
    pulled = sum(getattr(event, "move", None) == "pull" for event, _ in shop.log)
    assert sum(d.served for d in demands) + opened(shop.floor, "bracket") == pulled * 20
    assert all(d.served <= d.pieces for d in demands)
