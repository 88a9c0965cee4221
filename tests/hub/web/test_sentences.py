import re

import pytest

from kanban_hub.domain.andon import CallKind, CallState
from kanban_hub.domain.events import CallMoved, CallRaised, CardMoved, CardStood
from kanban_hub.domain.history import EVENT_TYPES
from kanban_hub.domain.moves import Move, Standing, State
from kanban_hub.language import speaking
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_hub.web.sentences import SENTENCES, sentence
from tests.hub.web.site import PLANT


def test_every_kind_of_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(EVENT_TYPES)


def test_a_text_names_only_what_its_event_has() -> None:
    for event, text in SENTENCES.items():
        if isinstance(text, str):
            named = set(re.findall(r"%\((\w+)\)", text))
            assert named <= set(event.__dataclass_fields__), event.kind


@pytest.mark.parametrize("move", Move)
def test_every_move_is_said(move: Move) -> None:
    event = CardMoved("bracket", "bracket-0001", move, State.FULL, State.REQUESTED)

    assert "bracket-0001" in sentence(event, PLANT)


def test_standings_and_calls_are_said() -> None:
    for standing in Standing:
        assert sentence(CardStood("bracket", "bracket-0001", standing), PLANT)
    for state in CallState:
        assert sentence(CallMoved("bracket", "c1", state.value), PLANT)
    for kind in CallKind:
        assert sentence(CallRaised(None, "c1", kind.value, "paint"), PLANT).startswith("Call: ")


def test_sentences_are_in_the_language_that_is_spoken() -> None:
    event = CardMoved("bracket", "bracket-0001", Move.PULL, State.FULL, State.REQUESTED)

    with speaking(LANGUAGE):
        assert FIRST in sentence(event, PLANT)
