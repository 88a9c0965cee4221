from kanban_hub.domain.evidence.dwell import dwell, ghost_cards, limit_s
from kanban_hub.domain.moves import State
from tests.hub.domain.evidence.past import basis, moves, round_trip
from tests.hub.domain.shopfloor import Shopfloor


def used_to(shop: Shopfloor, rounds: int = 5) -> None:
    """A history: each container is on its way for 30 s."""
    for _ in range(rounds):
        round_trip(shop, 10, 20, 30)


def test_a_card_that_stays_longer_than_its_loop_ever_knew_is_a_ghost(shop: Shopfloor) -> None:
    used_to(shop)
    card = shop.pull().card
    shop.advance()
    shop.advance()
    shop.wait(31)

    (row,) = [row for row in ghost_cards(basis(shop)) if row.state is State.IN_TRANSIT]

    assert (row.card, row.dwell_s, row.limit_s) == (card, 31, 30)
    assert (row.seen_station, row.seen_at_ms, row.seen_by) == ("paint", shop.now_ms - 31_000, "card_moved")
    assert moves(shop, row.events) == [(card, "ship")]


def test_a_card_within_the_usual_is_none(shop: Shopfloor) -> None:
    used_to(shop)
    shop.pull()
    shop.advance()
    shop.advance()
    shop.wait(30)

    assert [row.card for row in ghost_cards(basis(shop)) if row.state is State.IN_TRANSIT] == []


def test_without_a_history_nobody_is_a_ghost(shop: Shopfloor) -> None:
    used_to(shop, rounds=4)
    shop.pull()
    shop.wait(1_000_000)

    assert [row for row in ghost_cards(basis(shop)) if row.state is State.REQUESTED] == []


def test_a_move_that_was_taken_back_gives_the_card_its_old_stay(shop: Shopfloor) -> None:
    used_to(shop)
    shop.pull()
    shop.advance()
    shop.wait(15)
    shop.advance()
    shop.undo(shop.signal, "paint")
    shop.wait(6)

    (row,) = [row for row in ghost_cards(basis(shop)) if row.state is State.ACCEPTED]

    assert (row.dwell_s, row.limit_s) == (21, 20)


def test_the_worst_ghost_comes_first(shop: Shopfloor) -> None:
    used_to(shop)
    shop.pull()
    shop.wait(100)
    shop.pull()
    shop.wait(50)

    requested = [row for row in ghost_cards(basis(shop)) if row.state is State.REQUESTED]

    assert [row.dwell_s for row in requested] == [150, 50]


def test_the_history_is_told_by_loop_and_state(shop: Shopfloor) -> None:
    used_to(shop, rounds=2)

    rows = {row.state: row for row in dwell(basis(shop))}

    assert (rows[State.IN_TRANSIT].count, rows[State.IN_TRANSIT].median_s) == (2, 30)
    assert (rows[State.REQUESTED].limit_s, rows[State.ACCEPTED].limit_s) == (10, 20)


def test_the_limit_is_the_longest_stay_until_there_are_a_hundred() -> None:
    assert limit_s([*range(99)]) == 98
    assert limit_s([*range(101)]) == 99
