"""What is typed, and what it means. One key each, and Enter alone for the usual answer: for gloves."""

from enum import StrEnum

from kanban_device.tryout.desk import Desk, Typed

KEYS = "Enter = yes   n = no   s = skip   q = end the test"
WAITING_KEYS = "s = skip   q = end the test"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    SKIP = "skip"


class TestEndedError(Exception):
    """The person has typed q, or the terminal has gone: what was found so far is told."""

    __test__ = False  # pytest takes it for a test by its name


MEANINGS = {
    "": Answer.YES,
    "y": Answer.YES,
    "yes": Answer.YES,
    "n": Answer.NO,
    "no": Answer.NO,
    "s": Answer.SKIP,
}


def meaning(typed: Typed) -> Answer | None:
    """The answer, or None for what means nothing here. Raises TestEndedError."""
    if typed.line is None or (word := typed.line.strip().lower()) in ("q", "quit"):
        raise TestEndedError
    return MEANINGS.get(word)


def ask(desk: Desk, question: str) -> Answer:
    """Ask until there is an answer. Presses and scans meanwhile are let go by. Raises TestEndedError."""
    desk.say(f"{question}  [{KEYS}]")
    while True:
        event = desk.take(None)
        if isinstance(event, Typed):
            answer = meaning(event)
            if answer is not None:
                return answer
            desk.say(f"Please type one of these: {KEYS}")


def is_skip(event: object) -> bool:
    """Whether somebody has typed that this step be left out. Raises TestEndedError."""
    return isinstance(event, Typed) and meaning(event) in (Answer.SKIP, Answer.NO)
