from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.web.floormap.text import ELLIPSIS, lines, width


def test_a_name_that_fits_stays_on_a_line() -> None:
    assert lines("Paint shop", 15, 200, 2) == ("Paint shop",)


def test_a_long_name_takes_two_lines_and_a_longer_one_is_cut() -> None:
    assert lines("Final assembly, northern hall", 15, 150, 2) == ("Final assembly,", "northern hall")
    cut = lines("Final assembly, northern hall, behind the press", 15, 150, 2)
    assert cut[0] == "Final assembly,"
    assert cut[1].endswith(ELLIPSIS)


def test_a_word_without_an_end_and_a_script_without_blanks_are_parted() -> None:
    assert len(lines("W" * 39, 15, 200, 9)) == 3
    assert lines("最终装配车间北侧大厅", 15, 80, 2) == ("最终装配车", "间北侧大厅")


def test_nothing_is_one_empty_line() -> None:
    assert lines(" ", 15, 100, 2) == ("",)


@given(st.text(max_size=60), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text: str, most: int) -> None:
    found = lines(text, 12, 90, most)

    assert len(found) <= most
    assert all(width(line, 12) <= 90 for line in found)
