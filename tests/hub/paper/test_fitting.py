from hypothesis import example, given
from hypothesis import strategies as st

from kanban_hub.paper.fitting import Row, fitted, stacked
from kanban_hub.paper.letters import width_em

words = st.text(st.sampled_from("abW -/支架éł"), max_size=80)


@example(text="W", width=5, size=6, most=1)  # a letter that is wider than the box
@given(words, st.floats(5, 100), st.floats(2, 12), st.integers(1, 4))
def test_no_line_is_wider_than_its_box(text: str, width: float, size: float, most: int) -> None:
    found, lines = fitted(Row(text, size, most), width)

    assert len(lines) <= most
    assert found <= size
    for line in lines:
        assert width_em(line) * found <= width + 1e-9


@given(st.lists(words, min_size=1, max_size=5), st.floats(10, 100), st.floats(4, 60))
def test_a_stack_stays_in_its_box(texts: list[str], width: float, height: float) -> None:
    for text in stacked([Row(text, 8, 3) for text in texts], 1, 2, width, height):
        assert text.x == 1
        assert text.width <= width + 1e-9
        assert 2 <= text.y <= 2 + height


def test_words_stay_whole_where_they_can() -> None:
    _, lines = fitted(Row("Final assembly line", 4, 3, least=4), 30)

    assert lines == ["Final assembly", "line"]


def test_signs_that_stand_for_words_are_parted_anywhere() -> None:
    _, lines = fitted(Row("左侧支架", 4, 2, least=4), 9)

    assert lines == ["左侧", "支架"]


def test_what_does_not_fit_is_cut_and_says_so() -> None:
    _, lines = fitted(Row("Donaudampfschifffahrtsgesellschaft", 4, 1, least=4), 30)

    assert len(lines) == 1
    assert lines[0].endswith("…")
    assert lines[0].startswith("Donaudampf")


def test_a_long_text_is_written_smaller_before_it_is_cut() -> None:
    size, lines = fitted(Row("Donaudampfschifffahrt", 8, 1, least=2), 40)

    assert lines == ["Donaudampfschifffahrt"]
    assert 2 <= size < 8
