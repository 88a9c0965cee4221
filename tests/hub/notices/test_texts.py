import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.notices import texts
from kanban_hub.notices.notice import NoticeEvent


def test_every_event_has_its_words_in_every_language() -> None:
    for words in texts.LANGUAGES.values():
        assert set(words) == set(NoticeEvent)


def test_a_line_whose_fact_is_not_there_is_left_out() -> None:
    words = texts.Words("{a}", ("A: {a}", "B: {b}", "C: {c}"))
    assert texts.body(words, {"a": "1", "b": ""}) == "A: 1\n"


@given(st.text(max_size=400))
def test_a_subject_is_one_line_of_bounded_length_whatever_the_names_hold(name: str) -> None:
    said = texts.subject(texts.Words("{name} calls", ()), {"name": name})
    assert len(said) <= texts.SUBJECT_MOST
    assert all(sign.isprintable() for sign in said)


def test_braces_in_a_name_are_nothing_but_signs() -> None:
    assert texts.subject(texts.Words("{name}", ()), {"name": "{secret} {0}"}) == "{secret} {0}"


@pytest.mark.parametrize("end", ["\r\n", "\x00", "\u2029"])
def test_control_signs_become_spaces(end: str) -> None:
    assert texts.one_line(f"a{end}b  c") == "a b c"
