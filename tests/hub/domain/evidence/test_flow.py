from kanban_hub.domain import standing
from kanban_hub.domain.evidence.flow import flow, full_over_time
from kanban_hub.domain.moves import State
from kanban_hub.domain.scanning import Intent
from tests.hub.domain.evidence.past import basis
from tests.hub.domain.shopfloor import Shopfloor

HOUR_S = 3600


def test_cards_are_counted_in_the_state_that_they_were_in_then(shop: Shopfloor) -> None:
    shop.wait(HOUR_S)
    shop.pull()
    shop.wait(HOUR_S)
    shop.scan("bracket-0001", intent=Intent.RECEIVE)
    shop.wait(HOUR_S)

    found = flow(basis(shop), "bracket", 7)

    assert [sample.counts.get(State.REQUESTED, 0) for sample in found] == [0, 0, 1, 1, 0, 0, 0]
    assert [sample.counts[State.FULL] for sample in found] == [4, 4, 3, 3, 4, 4, 4]
    assert found[-1].at_ms == shop.now_ms


def test_there_are_always_as_many_cards_as_the_loop_has_though_one_was_lost(shop: Shopfloor) -> None:
    shop.wait(HOUR_S)
    shop.order(standing.lose(shop.floor, shop.card(2)))
    shop.wait(HOUR_S)

    assert {sum(sample.counts.values()) for sample in flow(basis(shop), "bracket")} == {4}


def test_full_containers_of_every_loop_are_those_of_its_flow(shop: Shopfloor) -> None:
    shop.wait(HOUR_S)
    shop.pull()
    shop.wait(HOUR_S)

    assert full_over_time(basis(shop), 5)["bracket"] == [4, 4, 3, 3, 3]


def test_of_another_loop_nothing_is_told(shop: Shopfloor) -> None:
    assert all(not sample.counts for sample in flow(basis(shop), "casting-of-elsewhere"))
