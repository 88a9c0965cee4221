"""The command codes in words."""

from kanban_hub.language import _
from kanban_hub.paper.posters import Command
from kanban_protocol import codes


def commands() -> list[Command]:
    """All of them, in the order of the sheet."""
    return [
        Command(codes.FAIL, _("Bad"), _("Scan this, then the card or label on the bad container.")),
        Command(codes.RECEIVE, _("Arrived"), _("Scan this, then the card or label of what has arrived.")),
        Command(codes.UNDO, _("Take back"), _("Scan this, then the card that was moved by mistake.")),
        Command(codes.HELP, _("Call for help"), _("Scan this alone: help is called at once.")),
    ]


def title() -> str:
    return _("Scan one of these first")
