import pytest

from kanban_hub.language import speaking
from kanban_hub.web.chart import ticks
from kanban_hub.web.chart.picture import WIDTH

DAY_MS = 86_400_000
MIDNIGHT_MS = 1_795_392_000_000


@pytest.mark.parametrize(("most", "end"), [(7, 8), (10, 10), (0.3, 0.3), (41, 60), (1, 1), (1234, 1500)])
def test_an_axis_ends_on_a_round_number_that_holds_the_greatest_value(most: float, end: float) -> None:
    assert ticks.top(most) == pytest.approx(end)


def test_counts_have_no_ticks_between_whole_numbers() -> None:
    assert [tick.text for tick in ticks.up(ticks.top(2, is_whole=True), is_whole=True)] == ["0", "1", "2"]


def test_ticks_stand_where_their_numbers_are() -> None:
    found = ticks.across(8)
    assert [(tick.text, tick.at) for tick in found] == [(str(n), n / 8 * WIDTH) for n in (0, 2, 4, 6, 8)]
    assert [tick.at for tick in ticks.up(8, 200)] == [200, 150, 100, 50, 0]


def test_numbers_are_written_in_the_readers_language() -> None:
    with speaking("de"):
        assert [tick.text for tick in ticks.across(1.0)] == ["0", "0,5", "1"]


@pytest.mark.parametrize(
    ("days", "form", "count"), [(1, "time", 7), (4, "day", 5), (30, "day", 4), (92, "day", 3)]
)
def test_times_are_round_and_few_enough_for_a_phone(days: int, form: str, count: int) -> None:
    found = ticks.times(MIDNIGHT_MS, MIDNIGHT_MS + days * DAY_MS)
    assert {tick.form for tick in found} == {form}
    assert len(found) == count
    assert all(0 <= tick.at <= WIDTH for tick in found)
    assert all(tick.instant and tick.instant.minute == 0 for tick in found)
