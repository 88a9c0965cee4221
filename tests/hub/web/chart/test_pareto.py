import pytest

from kanban_hub.web.chart.bars import LINE, NAME_MOST, Entry, bars
from kanban_hub.web.chart.pareto import LINES_MOST, pareto
from kanban_hub.web.chart.picture import WIDTH

NAME = ("causes", "Causes")
ENTRIES = [Entry("dent", 2, "2"), Entry("scratch", 6, "6", "/events?after=3"), Entry("colour", 2, "2")]


def test_the_greatest_comes_first_and_the_shares_add_up_to_all() -> None:
    made = pareto(NAME, "Cause", ENTRIES)
    assert [bar.width for bar in made.bars] == pytest.approx([0.6 * WIDTH, 0.2 * WIDTH, 0.2 * WIDTH])
    assert made.lines[0].path == "M600.0 29.0L800.0 75.0L1000.0 121.0"
    assert [row.cells[2] for row in made.table.rows] == [
        "60\N{NO-BREAK SPACE}%",
        "80\N{NO-BREAK SPACE}%",
        "100\N{NO-BREAK SPACE}%",
    ]
    assert made.told == "2 of 3 make 80 % of it; the most frequent is scratch."
    assert made.table.rows[0].href == "/events?after=3"


def test_what_is_rare_is_one_bar_and_stays_apart_in_the_table() -> None:
    made = pareto(NAME, "Cause", [Entry(f"cause {n}", 20 - n, str(20 - n)) for n in range(12)])
    assert len(made.bars) == LINES_MOST
    assert made.bars[-1].text.startswith("5 others: ")
    assert len(made.table.rows) == 12


def test_one_bar_a_line_with_long_names_cut_and_whole_in_the_table() -> None:
    long = "x" * 90
    made = bars(NAME, "", ("Name", "Times"), [Entry(long, 3, "3"), Entry("b", 0, "0")])
    assert made.height == 2 * LINE
    assert len(made.labels[0].text) == NAME_MOST
    assert made.table.rows[0].name == long
    assert made.bars[1].width == 0
