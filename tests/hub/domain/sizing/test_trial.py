"""Another number of cards for a time, that goes back by itself."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.balance import balance
from kanban_hub.domain.consequences import due
from kanban_hub.domain.errors import DomainError, UnknownError
from kanban_hub.domain.events import Event
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import LoopKind, Plant
from kanban_hub.domain.records.size import LoopEnded
from kanban_hub.domain.records.trial import Trial, TrialEnded
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.sizing import trial
from kanban_hub.domain.sizing.errors import SizingError
from tests.hub.domain.shopfloor import Shopfloor, kanban_loop, plant_of

HOUR_S = 3600


def start(shop: Shopfloor, cards: int, hours: float = 8) -> list[Event]:
    until_ms = shop.now_ms + round(hours * HOUR_S * 1000)
    moment = Moment.at(shop.now_ms)
    return shop.order(trial.start(shop.floor, "bracket", cards, (until_ms, "too full"), moment))


def tick(shop: Shopfloor) -> None:
    shop.order(due(shop.floor, shop.now_ms))


def is_even(shop: Shopfloor) -> bool:
    return all(sheet.is_even for sheet in balance(shop.floor))


def test_more_cards_come_as_full_containers_at_once(shop: Shopfloor) -> None:
    start(shop, 6)
    assert shop.states() == ["full"] * 6
    assert is_even(shop)


def test_of_fewer_cards_each_goes_when_it_is_next_pulled(shop: Shopfloor) -> None:
    start(shop, 3)
    assert len(shop.states()) == 4
    assert is_even(shop)
    shop.pulls(2)
    assert shop.states() == ["requested", "full", "full"]
    assert is_even(shop)


def test_a_trial_that_nobody_keeps_goes_back_by_itself_at_its_time(shop: Shopfloor) -> None:
    start(shop, 6, hours=8)
    shop.wait(8 * HOUR_S - 1)
    tick(shop)
    assert shop.floor.sizes["bracket"].cards == 6
    shop.wait(1)
    tick(shop)
    assert shop.floor.sizes["bracket"].cards == 4
    assert shop.floor.sizes["bracket"].surplus == 2
    known = shop.floor.record(Trial, "bracket")
    assert known is not None
    assert (known.is_open, known.is_kept, known.ended_ms) == (False, False, shop.now_ms)
    assert due(shop.floor, shop.now_ms) == []


def test_a_trial_with_fewer_cards_gives_them_back(shop: Shopfloor) -> None:
    start(shop, 3)
    shop.pull()
    shop.wait(8 * HOUR_S)
    tick(shop)
    assert shop.states() == ["full"] * 4
    assert is_even(shop)


def test_surplus_cards_that_were_never_pulled_simply_stay_when_it_goes_back(shop: Shopfloor) -> None:
    start(shop, 3)
    shop.order(trial.end(shop.floor, "bracket"))
    assert (shop.floor.sizes["bracket"].cards, shop.floor.sizes["bracket"].surplus) == (4, 0)
    assert len(shop.floor.cards) == 4


def test_a_trial_that_is_kept_stays_and_stands_in_the_plant(shop: Shopfloor) -> None:
    start(shop, 6)
    before = shop.floor.plant
    events = shop.order(trial.keep(shop.floor, "bracket"))
    shop.wait(9 * HOUR_S)
    tick(shop)
    assert shop.floor.sizes["bracket"].cards == 6
    after = trial.plant_after(before, events)
    assert (before.loops["bracket"].cards, after.loops["bracket"].cards) == (4, 6)
    assert (list(after.stations), after.site, after.slots) == (
        list(before.stations),
        before.site,
        before.slots,
    )


def test_until_it_is_kept_the_plant_keeps_its_number(shop: Shopfloor) -> None:
    assert trial.plant_after(shop.floor.plant, start(shop, 6)) is shop.floor.plant
    ended = trial.end(shop.floor, "bracket")
    assert trial.plant_after(shop.floor.plant, ended) is shop.floor.plant


def test_within_a_trial_there_is_no_other_one(shop: Shopfloor) -> None:
    start(shop, 6)
    with pytest.raises(SizingError, match="a trial with 6 cards runs; keep it or end it first"):
        start(shop, 7)
    shop.order(trial.end(shop.floor, "bracket"))
    start(shop, 7)
    assert shop.floor.sizes["bracket"].cards == 7


@pytest.mark.parametrize(
    ("cards", "hours", "text"),
    [
        (4, 8, "there is nothing to try"),
        (0, 8, "one card at least"),
        (1_001, 8, "1000 cards at most"),
        (5, 0, "ends in the future"),
        (5, 93 * 24, "92 days at most"),
    ],
)
def test_a_trial_that_cannot_be_is_refused(shop: Shopfloor, cards: int, hours: float, text: str) -> None:
    with pytest.raises(SizingError, match=text):
        start(shop, cards, hours)


def test_a_loop_that_is_not_sized_by_its_cards_has_no_trial() -> None:
    shop = Shopfloor(kanban_loop(kind=LoopKind.TWO_BIN, cards=2))
    with pytest.raises(SizingError, match="of kind two_bin"):
        start(shop, 3)


def test_there_is_no_trial_of_an_unknown_loop_and_none_to_end_where_none_runs(shop: Shopfloor) -> None:
    with pytest.raises(UnknownError):
        trial.keep(shop.floor, "brack")
    with pytest.raises(SizingError, match="no trial runs"):
        trial.end(shop.floor, "bracket")


def test_a_plant_that_says_nothing_new_lets_the_trial_run(shop: Shopfloor) -> None:
    start(shop, 6)
    assert shop.replan(plant_of(kanban_loop(lead_time_s=60))) == []
    assert shop.floor.sizes["bracket"].cards == 6


def test_a_plant_with_another_number_ends_the_trial(shop: Shopfloor) -> None:
    start(shop, 6)
    events = shop.replan(plant_of(kanban_loop(cards=5)))
    assert TrialEnded("bracket", 5, is_kept=False) in events
    assert shop.floor.sizes["bracket"].cards == 5
    shop.wait(9 * HOUR_S)
    assert due(shop.floor, shop.now_ms) == []


def test_a_plant_whose_batch_the_trial_could_not_fill_ends_it(shop: Shopfloor) -> None:
    start(shop, 2)
    shop.replan(plant_of(kanban_loop(batch=3)))
    assert shop.floor.sizes["bracket"].cards == 4


def test_a_loop_that_leaves_the_plant_takes_its_trial_along(shop: Shopfloor) -> None:
    start(shop, 6)
    events = shop.replan(without_bracket(shop))
    assert LoopEnded("bracket") in events
    assert shop.floor.records_of(Trial) == []


def without_bracket(shop: Shopfloor) -> Plant:
    return plant_of(replace(shop.floor.plant.loops["bracket"], id="other"))


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["pull", "pull", "receive", "start", "keep", "end", "tick"]), st.integers(1, 7)
    ),
    max_size=40,
)


@given(actions=ACTIONS)
def test_trials_keep_every_loop_in_balance_and_are_what_their_events_say(
    actions: list[tuple[str, int]],
) -> None:
    shop = Shopfloor()
    for what, number in actions:
        shop.wait(HOUR_S)
        with suppress(DomainError):
            act(shop, what, number)
        assert is_even(shop)
        again = shop.replayed()
        assert (again.cards, again.records) == (shop.floor.cards, shop.floor.records)
    shop.wait(200 * HOUR_S)
    tick(shop)
    assert shop.floor.records_of(Trial) == []


def act(shop: Shopfloor, what: str, number: int) -> None:
    match what:
        case "pull":
            shop.pull()
        case "receive":
            away = [card.id for card in shop.floor.cards_of("bracket") if card.state != "full"]
            shop.scan(away[0] if away else "bracket-9999", intent=Intent.RECEIVE)
        case "start":
            start(shop, number, hours=3)
        case "tick":
            tick(shop)
        case _:
            events = getattr(trial, what)(shop.floor, "bracket")
            shop.order(events)
            shop.floor.plant = trial.plant_after(shop.floor.plant, events)
