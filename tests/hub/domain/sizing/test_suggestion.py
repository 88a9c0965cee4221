from kanban_hub.domain.sizing.course import course
from kanban_hub.domain.sizing.suggestion import Suggestion, suggest
from tests.hub.domain.sizing.test_replay import Watch

HOUR_S = 3_600


def suggested(watch: Watch) -> Suggestion | None:
    known = course(watch.shop.log, watch.shop.floor.cards.values())
    return suggest(known, watch.loop, watch.shop.now_ms)


def rounds(watch: Watch, times: int, pulls: int = 1) -> Watch:
    for _ in range(times):
        for _ in range(pulls):
            watch.pull()
            watch.shop.wait(60)
        watch.shop.wait(HOUR_S)
        for _ in range(pulls):
            watch.receive()
        watch.shop.wait(HOUR_S)
    return watch


def test_cards_that_were_never_emptied_are_named_and_one_stays_in_reserve() -> None:
    found = suggested(rounds(Watch(cards=6), 8))
    assert found is not None
    assert (found.now.lowest, found.change, found.then.lowest) == (5, -4, 1)


def test_a_loop_that_ran_out_needs_more_so_many_that_nobody_would_have_waited() -> None:
    watch = rounds(Watch(cards=2), 8, pulls=3)
    found = suggested(watch)
    assert found is not None
    assert found.now.stock_outs
    assert found.change > 0
    assert not found.then.stock_outs


def test_a_loop_that_is_just_right_is_kept() -> None:
    found = suggested(rounds(Watch(cards=3), 8, pulls=2))
    assert found is not None
    assert found.change == 0


def test_a_few_pulls_say_nothing() -> None:
    assert suggested(rounds(Watch(cards=6), 2)) is None


def test_a_loop_never_gets_fewer_cards_than_its_batch() -> None:
    found = suggested(rounds(Watch(cards=6, batch=3, steps=()), 12))
    assert found is None or found.then.cards >= 3
