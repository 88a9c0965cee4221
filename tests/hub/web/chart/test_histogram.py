import pytest

from kanban_hub.web.chart.histogram import BARS, histogram
from kanban_hub.web.chart.picture import HEIGHT, WIDTH

NAME = ("lead", "Lead time")


def test_every_value_is_in_one_bar() -> None:
    values = [n / 7 for n in range(50)]
    made = histogram(NAME, values, "h")
    assert sum(int(row.cells[0]) for row in made.table.rows) == len(values)
    assert max(bar.height for bar in made.bars) <= HEIGHT
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in made.bars)


def test_the_greatest_value_at_the_very_end_of_the_axis_is_not_lost() -> None:
    made = histogram(NAME, [1.0, 2.0, 8.0], "h")
    assert made.across[-1].text == "8"
    assert made.bars[-1].x == pytest.approx((BARS - 1) / BARS * WIDTH + 2)


def test_half_and_most_are_marked_where_they_lie_and_told() -> None:
    made = histogram(NAME, [float(n) for n in range(1, 101)], "h")
    half, mostly = made.marks
    assert half.x == pytest.approx(50.5 / 100 * WIDTH)
    assert (half.text, mostly.text) == ("50 % within 50.5 h", "85 % within 85.1 h")
    assert (half.is_before, mostly.is_before) == (True, True)
    assert made.told == "Of 100, half lie within 50.5 h and 85 % within 85.1 h."


def test_a_single_value_of_nothing_makes_a_chart_too() -> None:
    made = histogram(NAME, [0.0], "h")
    assert [row.cells for row in made.table.rows] == [("1",)]
