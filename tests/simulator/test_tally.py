from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_simulator.tally import Tally, percentile


def test_a_press_is_timed_from_when_it_was_due_to_the_first_lamp_that_names_it() -> None:
    tally = Tally()
    tally.sent("a", 10.0)
    tally.receipted("a", "accepted", "loop-0001")
    tally.lit(["a"], 10.5)
    tally.lit(["a"], 99.0)

    assert tally.figures().p50_ms == pytest.approx(500)
    assert tally.is_settled()


def test_a_press_without_a_receipt_is_lost_and_one_without_a_lamp_unlit() -> None:
    tally = Tally()
    tally.sent("a", 0.0)
    tally.sent("b", 0.0)
    tally.receipted("b", "accepted", "loop-0001")

    figures = tally.figures()

    assert (figures.sent, figures.lost, figures.unlit) == (2, 1, 1)
    assert not tally.is_settled()


def test_good_news_and_refusals_need_no_lamp() -> None:
    tally = Tally()
    for signal, verdict in (("a", "already"), ("b", "refused")):
        tally.sent(signal, 0.0)
        tally.receipted(signal, verdict, None)

    figures = tally.figures()

    assert tally.is_settled()
    assert (figures.already, figures.refused, figures.lost, figures.unlit) == (1, 1, 0, 0)


def test_the_same_receipt_twice_is_one_and_two_cards_are_a_double() -> None:
    tally = Tally()
    for signal, cards in (("a", ["loop-0001", "loop-0001"]), ("b", ["loop-0002", "loop-0003"])):
        tally.sent(signal, 0.0)
        for card in cards:
            tally.receipted(signal, "accepted", card)

    assert tally.figures().doubled == 1


def test_signals_of_others_are_passed_over() -> None:
    tally = Tally()
    tally.lit(["foreign"], 1.0)

    assert tally.figures().sent == 0


def test_there_is_no_percentile_of_nothing() -> None:
    assert isnan(percentile([], 50))


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_enough_are_not_above(values: list[float], part: int) -> None:
    ordered = sorted(values)
    found = percentile(ordered, part)

    assert sum(value <= found for value in ordered) * 100 >= part * len(ordered)
    assert sum(value < found for value in ordered) * 100 < part * len(ordered)
