import pytest

from kanban_hub.web.filled import Filled


@pytest.mark.parametrize("typed", ["", "x", "1.5", "0", "101", "1e3", "٣" * 40])
def test_what_is_no_whole_number_of_the_range_is_a_fault(typed: str) -> None:
    filled = Filled({"n": typed})
    assert filled.whole("n", 1, 100) == 1
    assert list(filled.faults) == ["n"]


@pytest.mark.parametrize(("typed", "value"), [("1,5", 1.5), ("1.5", 1.5), (" 2 ", 2.0), ("", None)])
def test_a_number_is_read_with_a_point_or_a_comma_and_may_be_left_out(
    typed: str, value: float | None
) -> None:
    filled = Filled({"n": typed})
    assert (filled.number("n", 0, 10), filled.is_good) == (value, True)


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "11", "1.000,5"])
def test_a_number_out_of_its_range_is_a_fault(typed: str) -> None:
    assert Filled({"n": typed}).number("n", 0, 10) is None


@pytest.mark.parametrize("typed", ["", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_text_that_could_deceive_a_reader_is_a_fault(typed: str) -> None:
    filled = Filled({"t": typed})
    filled.short_text("t")
    assert not filled.is_good
