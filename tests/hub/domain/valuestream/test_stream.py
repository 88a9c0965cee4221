import pytest

from kanban_hub.domain.evidence.firstpass import first_pass
from kanban_hub.domain.plant import LoopKind
from kanban_hub.domain.valuestream.stream import Stream, Stretch, Time, value_stream
from tests.hub.domain.evidence.past import basis, round_trip
from tests.hub.domain.shopfloor import ALL_STEPS, OTHER, Shopfloor, kanban_loop


def stretch(stream: Stream, loop: str = "bracket") -> Stretch:
    return next(one for one in stream.stretches if one.loop.id == loop)


def test_stock_is_what_stands_full_and_how_long_it_lasts(shop: Shopfloor) -> None:
    shop.pulls(2)

    one = stretch(value_stream(basis(shop)))

    assert (one.full, one.pieces, one.minutes, one.cards) == (2, 40, 80, 4)
    assert (one.asked, one.collecting, one.made, one.on_way) == (2, 0, 0, 0)


def test_lead_time_is_planned_until_it_is_measured_by_the_median(shop: Shopfloor) -> None:
    assert stretch(value_stream(basis(shop))).lead == Time(7200, 0)

    for here_s in (10, 20, 90):
        round_trip(shop, 5, 5, here_s)

    assert stretch(value_stream(basis(shop))).lead == Time(30, 3)
    assert stretch(value_stream(basis(shop))).lead.is_measured


def test_processing_is_the_time_in_process_and_nothing_where_nobody_marks_it() -> None:
    shop = Shopfloor(kanban_loop(steps=ALL_STEPS))
    assert stretch(value_stream(basis(shop))).processing is None
    shop.pull()
    shop.advance()
    shop.wait(100)
    shop.advance()
    shop.wait(60)
    shop.advance()

    stream = value_stream(basis(shop))

    assert stretch(stream).processing == Time(60, 1)
    assert {one.station.id: one.cycle_s for one in stream.processes}["paint"] == 3, "20 pieces a container"
    assert (stretch(stream).made, stretch(stream).asked) == (1, 1)


def test_the_share_of_flow_is_processing_by_lead_time_along_the_longest_way() -> None:
    shop = Shopfloor(
        kanban_loop(steps=ALL_STEPS, lead_time_s=1000),
        kanban_loop("raw", supplier=OTHER, consumer="paint", lead_time_s=500),
    )
    shop.pull()
    shop.advance()
    shop.advance()
    shop.wait(60)
    shop.advance()

    stream = value_stream(basis(shop))

    assert stream.path == ("raw", "bracket")
    assert (stream.lead_s, stream.processing_s) == (1500, 60)
    assert stream.flow_share == pytest.approx(0.04)


def test_pace_and_yield_of_a_process_are_those_of_its_figures(shop: Shopfloor) -> None:
    for _ in range(3):
        round_trip(shop, 10, 20, 30)
    shop.fail()

    stream = value_stream(basis(shop))

    paint = next(one for one in stream.processes if one.station.id == "paint")
    assert paint.takt_s == stream.demand.takt_s == 3, "a container of 20 pieces a minute"
    (figure,) = first_pass(basis(shop))
    assert (paint.containers, paint.failed) == (figure.containers, 1)
    assert paint.first_pass == figure.first_pass_yield
    assert stream.demand.per_hour == 30, "planned while there are too few pulls"


def test_one_end_shows_only_what_it_needs() -> None:
    shop = Shopfloor(kanban_loop(), kanban_loop("other", supplier=OTHER))

    stream = value_stream(basis(shop), "other")

    assert [one.loop.id for one in stream.stretches] == ["other"]
    assert [one.station.id for one in stream.processes] == ["assembly", "packing"]


def test_a_plant_where_nothing_happened_has_a_stream_without_times(shop: Shopfloor) -> None:
    stream = value_stream(basis(shop))

    assert (stream.demand.takt_s, stream.processing_s, stream.flow_share) == (None, None, None)
    assert all(one.first_pass is None for one in stream.processes)


def test_the_lot_of_a_signal_loop_counts_by_its_pieces() -> None:
    shop = Shopfloor(kanban_loop(kind=LoopKind.SIGNAL, cards=1, lot_containers=5, reorder_containers=2))

    one = stretch(value_stream(basis(shop)))

    assert (one.full, one.pieces) == (5, 100)
