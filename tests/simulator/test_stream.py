from threading import Event
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from kanban_simulator.change import Changes
from kanban_simulator.stream import STREAMS, Streams


def streams(is_closing: Event) -> tuple[Streams, Changes]:
    changes = Changes()
    return Streams(changes, is_closing), changes


def test_only_what_changed_is_sent_again() -> None:
    made, changes = streams(Event())
    contents = iter([b"1", b"1", b"2"])
    with Flask(__name__).test_request_context("/"):
        answer: Any = made.response(lambda: next(contents))
    events = iter(answer.response)
    changes.note()

    assert next(events) == b"retry: 1000\n\n"
    assert next(events) == b"data: 1\n\n"
    changes.note()
    assert next(events) == b"data: 2\n\n"
    answer.close()


def test_a_stream_ends_when_the_program_does() -> None:
    is_closing = Event()
    made, _ = streams(is_closing)
    with Flask(__name__).test_request_context("/"):
        answer: Any = made.response(lambda: b"1")
    is_closing.set()

    assert list(answer.response) == [b"retry: 1000\n\n"]
    answer.close()


def test_a_stream_ends_when_its_page_has_gone() -> None:
    made, _ = streams(Event())
    gone = {"waitress.client_disconnected": lambda: True}
    with Flask(__name__).test_request_context("/", environ_overrides=gone):
        answer: Any = made.response(lambda: b"1")

    assert list(answer.response) == [b"retry: 1000\n\n"]
    answer.close()


def test_one_page_too_many_is_sent_away_until_another_has_gone() -> None:
    made, _ = streams(Event())
    with Flask(__name__).test_request_context("/"):
        answers = [made.response(lambda: b"1") for _ in range(STREAMS)]
        with pytest.raises(ServiceUnavailable):
            made.response(lambda: b"1")
        answers[0].close()
        answers[0] = made.response(lambda: b"1")
    for answer in answers:
        answer.close()
