"""The text display: two lines are written, and read by whoever stands there."""

from collections.abc import Iterator
from typing import Protocol

from kanban_device.check.finding import Finding, fail
from kanban_device.tryout.answer import Answer, ask
from kanban_device.tryout.desk import Desk

LINES = ("Kanban", "1234567890")


class Writing(Protocol):
    """What of a display is tried."""

    @property
    def is_lost(self) -> bool: ...

    def open(self) -> None: ...

    def write(self, lines: tuple[str, ...]) -> None: ...

    def close(self) -> None: ...


def look(desk: Desk, display: Writing | None) -> Iterator[Finding]:
    """Write, and ask. Raises TestEndedError."""
    if display is None:
        return
    desk.say("\nDisplay: two lines are written on it.")
    display.open()
    try:
        display.write(LINES)
        answer = ask(desk, f"  Does it show {' and '.join(LINES)}, upright?")
        yield _verdict(answer, display)
    finally:
        display.close()


def _verdict(answer: Answer, display: Writing) -> Finding:
    if display.is_lost:
        return fail("display", "does not answer", "kanban-station check looks at its library and its bus")
    if answer is Answer.NO:
        remedy = "Set kind, width, height and rotate in [hardware.display] as its data sheet has them"
        return fail("display", "answers, and cannot be read", remedy)
    if answer is Answer.SKIP:
        return Finding("display", "skipped", "Look at it the next time")
    return Finding("display", "can be read")
