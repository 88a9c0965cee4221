"""The command codes in words."""

from kanban_hub.paper.posters import Command
from kanban_protocol import codes


def commands() -> list[Command]:
    """All of them, in the order of the sheet."""
    return [
        Command(codes.FAIL, "Bad", "Scan this, then the card or label on the bad container."),
        Command(codes.RECEIVE, "Arrived", "Scan this, then the card or label of what has arrived."),
        Command(codes.UNDO, "Take back", "Scan this, then the card that was scanned or pressed by mistake."),
        Command(codes.HELP, "Call for help", "Scan this alone: help is called at once."),
    ]


TITLE = "Scan one of these first"
