"""Recorded histories run again: as they were, and with other cards."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain import quality, standing
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.moves import Standing
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.sizing.course import course
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.replay import Replay, Size, StockOut, replay
from kanban_hub.domain.stock import full_containers
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop

HOUR_MS = 3_600_000


class Watch:
    """A shop whose full containers are counted by the floor itself after everything that happens."""

    def __init__(self, **changes: Any) -> None:
        self.shop = Shopfloor(kanban_loop(duplicate_window_s=0, **changes))
        self.loop = self.shop.floor.plant.loops["bracket"]
        self.levels = [(self.shop.now_ms, self.full())]
        self.unmet = 0
        self.is_wanting = False

    def full(self) -> int:
        return full_containers(self.shop.floor, self.loop)

    def note(self) -> None:
        self.is_wanting = self.is_wanting and self.full() <= self.levels[-1][1]
        self.levels.append((self.shop.now_ms, self.full()))

    def pull(self) -> None:
        """Presses while one is wanted already are the same want."""
        if self.shop.pull().verdict == "already" and not self.is_wanting:
            self.is_wanting = True
            self.unmet += 1
        self.note()

    def receive(self) -> None:
        away = [c for c in self.shop.floor.cards_of("bracket") if c.asked_ms and c.state in RECEIVABLE]
        usable = [c for c in away if c.standing is Standing.ACTIVE]
        if usable:
            self.shop.scan(min(usable, key=lambda card: card.asked_ms or 0).id, intent=Intent.RECEIVE)
            self.note()

    def out_times(self) -> list[tuple[int, int | None]]:
        """When nothing was full, by the levels noted; moments that lasted no time are left out."""
        found: list[tuple[int, int | None]] = []
        since: int | None = None
        for at_ms, full in self.levels:
            if full == 0 and since is None:
                since = at_ms
            elif full > 0 and since is not None:
                found += [(since, at_ms)] if at_ms > since else []
                since = None
        is_open = since is not None and since < self.shop.now_ms
        return [*found, (since, None)] if is_open and since is not None else found

    def replay(self, cards: int | None = None, quantity: int | None = None) -> Replay:
        size = Size(cards or self.loop.cards, quantity or self.loop.container_quantity)
        known = course(self.shop.log, self.shop.floor.cards.values())
        return replay(known, self.loop, size, self.shop.now_ms)


RECEIVABLE = ("requested", "accepted", "in_process", "done", "in_transit")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["pull", "pull", "pull", "receive", "receive", "fail", "hold", "lose", "undo", "scrap"]
        ),
        st.integers(1, 5_000),
    ),
    max_size=40,
)


def played(steps: list[tuple[str, int]]) -> Watch:
    """Three cards, and anything in any order; what the floor refuses does not happen."""
    watch = Watch(cards=3)
    for what, seconds in steps:
        watch.shop.wait(1 if what == "undo" else seconds)  # within the undo time
        with suppress(DomainError):
            happen(watch, what, seconds)
        watch.note()
    watch.shop.wait(60)
    return watch


def happen(watch: Watch, what: str, pick: int) -> None:
    shop, cards = watch.shop, watch.shop.floor.cards_of("bracket")
    card = cards[pick % len(cards)]
    match what:
        case "undo":
            shop.undo(shop.signal)
        case "fail":
            shop.fail()
        case "hold":
            is_held = card.standing is Standing.HELD
            shop.order(standing.resume(card) if is_held else standing.hold(card, "doubt"))
        case "lose":
            shop.order(standing.lose(shop.floor, card))
        case "scrap":
            shop.order(quality.scrap(shop.floor, card))
        case _:
            getattr(watch, what)()


def test_a_loop_that_never_ran_out_says_how_low_it_was() -> None:
    watch = Watch(cards=4)
    for _ in range(2):
        watch.shop.wait(600)
        watch.pull()
    watch.shop.wait(600)
    found = watch.replay()
    assert (found.stock_outs, found.unmet, found.lowest, found.pulls) == ((), 0, 2, 2)


def test_with_one_card_fewer_it_says_when_and_how_long_the_consumer_would_have_waited() -> None:
    watch = Watch(cards=3)
    watch.shop.wait(600)
    watch.pull()
    first_ms = watch.shop.now_ms
    watch.shop.wait(600)
    watch.pull()
    watch.shop.wait(1200)
    watch.receive()
    watch.receive()
    found = watch.replay(2)
    assert found.stock_outs == (StockOut(first_ms + 600_000, first_ms + 1_800_000, 0),)
    assert (found.lowest, found.out_ms) == (0, 1_200_000)
    starved = watch.replay(1)
    assert (starved.unmet, starved.stock_outs[0].unmet, starved.stock_outs[0].from_ms) == (1, 1, first_ms)


def test_one_card_more_would_have_served_the_pull_that_found_nothing() -> None:
    watch = Watch(cards=1)
    for _ in range(2):
        watch.shop.wait(600)
        watch.pull()
    watch.shop.wait(600)
    watch.receive()
    watch.shop.wait(60)
    assert (watch.replay().unmet, watch.replay(2).unmet) == (1, 0)


def test_a_card_that_ended_with_a_pull_ends_with_a_later_one_where_that_pull_finds_nothing() -> None:
    watch = Watch(cards=2)
    watch.shop.wait(600)
    watch.shop.fail()
    watch.shop.wait(600)
    watch.receive()  # the replacement
    watch.shop.order(quality.clear(watch.shop.floor, watch.shop.card(1)))
    for _ in range(3):
        watch.shop.wait(60)
        watch.pull()
    for _ in range(2):
        watch.shop.wait(600)
        watch.receive()
    watch.shop.wait(60)
    watch.pull()
    watch.shop.wait(600)
    watch.receive()
    watch.shop.wait(60)

    assert watch.replay().levels[-1][1] == 2
    tried = watch.replay(1)
    assert (tried.unmet, tried.levels[-1][1]) == (1, 1)


def test_the_levels_are_those_that_the_floor_counted() -> None:
    watch = Watch(cards=3)
    for _ in range(2):
        watch.shop.wait(600)
        watch.pull()
    watch.shop.wait(600)
    watch.receive()
    assert [full for _, full in watch.replay().levels[-4:]] == [3, 2, 1, 2]


def test_a_stock_out_that_lasts_has_no_end_yet() -> None:
    watch = Watch(cards=1)
    watch.shop.wait(600)
    watch.pull()
    watch.shop.wait(600)
    (out,) = watch.replay().stock_outs
    assert (out.to_ms, watch.replay().out_ms) == (None, 600_000)


def test_a_container_that_would_come_later_than_now_has_not_come() -> None:
    watch = Watch(cards=1)
    for _ in range(2):
        watch.shop.wait(600)
        watch.pull()
    watch.shop.wait(600)
    (out,) = watch.replay(2).stock_outs  # the second card is away for the planned two hours
    assert (out.to_ms, watch.replay(2).out_ms) == (None, 600_000)


def test_larger_containers_are_pulled_less_often() -> None:
    watch = Watch(cards=4)
    for _ in range(6):
        watch.shop.wait(600)
        watch.pull()
        watch.receive()
    assert [watch.replay(quantity=20 * factor).pulls for factor in (1, 2, 3)] == [6, 3, 2]
    assert watch.replay(quantity=10).pulls == 12


def test_a_batch_that_is_never_complete_is_refused() -> None:
    watch = Watch(cards=4, batch=3)
    with pytest.raises(SizingError, match="a batch of 3 is never complete with 2 cards"):
        watch.replay(2)


def test_an_empty_history_has_no_stock_outs() -> None:
    loop = kanban_loop()
    found = replay(course([], []), loop, Size(4, 20), HOUR_MS)
    assert (found.pulls, found.unmet) == (0, 0)


@given(steps=STEPS)
def test_with_its_own_number_it_gives_what_was_recorded(steps: list[tuple[str, int]]) -> None:
    watch = played(steps)
    found = watch.replay()
    long = [(out.from_ms, out.to_ms) for out in found.stock_outs if out.to_ms != out.from_ms]
    assert long == watch.out_times()
    assert found.unmet == sum(out.unmet for out in found.stock_outs) == watch.unmet


@given(steps=STEPS, more=st.integers(1, 4), quantity=st.sampled_from([20, 20, 10, 30, 50]))
def test_more_cards_never_give_more_stock_outs(
    steps: list[tuple[str, int]], more: int, quantity: int
) -> None:
    watch = played(steps)
    fewer, greater = watch.replay(2, quantity), watch.replay(2 + more, quantity)
    assert greater.unmet <= fewer.unmet
    assert greater.out_ms <= fewer.out_ms
    assert greater.lowest >= fewer.lowest
    assert fewer.stock_outs or not greater.stock_outs


@given(steps=STEPS, cards=st.integers(1, 6), quantity=st.integers(1, 100))
def test_the_same_history_always_gives_the_same(
    steps: list[tuple[str, int]], cards: int, quantity: int
) -> None:
    watch = played(steps)
    assert watch.replay(cards, quantity) == watch.replay(cards, quantity)
