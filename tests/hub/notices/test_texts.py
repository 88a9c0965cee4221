from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.domain.andon import CallKind
from kanban_hub.language import speaking
from kanban_hub.notices import texts
from kanban_hub.notices.config import Person
from kanban_hub.notices.notice import NoticeEvent
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_protocol.catalogue import LANGUAGES


def test_every_event_has_its_words_and_every_kind_of_call_too() -> None:
    assert set(texts.ENGLISH) == set(NoticeEvent)
    with speaking(LANGUAGE):
        assert all(FIRST in texts.spoken(event).subject for event in NoticeEvent)
        assert all(FIRST in texts.kind(kind.value) for kind in CallKind)


def test_a_person_may_be_told_in_every_language_that_is_spoken() -> None:
    assert set(get_args(get_type_hints(Person)["language"])) == set(LANGUAGES)


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
