"""Sending cards to a label printer of the hub's. Where it stands is set by whoever runs the hub."""

from collections.abc import Sequence
from typing import Any

from flask import redirect
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_, _
from kanban_hub.paper.errors import TooManyError
from kanban_hub.printers.errors import OccupiedError, PrinterError, RefusedError, StuckError, UnreachableError
from kanban_hub.web.paper.chosen import faces, labels
from kanban_hub.web.paper.files import with_query
from kanban_hub.web.paper.wish import Wish
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, problem

_TOLD: dict[type[PrinterError], str] = {
    UnreachableError: N_("%(printer)s does not answer at %(address)s: is it on, and is this its address?"),
    RefusedError: N_("%(printer)s takes no jobs at %(address)s: is raw printing switched on there?"),
    StuckError: N_(
        "%(printer)s has not taken the whole job: look whether it has labels, is closed and not paused. "
        "A part may be printed."
    ),
    OccupiedError: N_("%(printer)s is busy with another job: try again in some seconds."),
}


def print_labels(parts: WebParts, wish: Wish, printer: str, back: str) -> AnyResponse:
    """Print the cards of `wish` in the size of the printer's labels, and go `back`.

    Raises a `PrinterError`, a 404 for a printer or cards that are not there, and a 400 for too many.
    """
    if printer not in parts.printers:
        raise ProblemError(problem(404, f"no printer {printer[:40]!r}"))
    target = parts.printers[printer]
    with parts.floor() as (floor, _revision):
        found = faces(floor, wish)
    if not found:
        raise ProblemError(problem(404, "no card to print"))
    try:
        made = labels(found, wish, target.form)
    except TooManyError as error:
        raise ProblemError(problem(400, str(error))) from None
    target.print(made, wish.how.copies)
    return redirect(back, 303)


def refusal(error: PrinterError) -> str:
    """Why nothing was printed, and what to look at."""
    return _(_TOLD[type(error)]) % {"printer": error.printer, "address": error.address}


def shown(parts: WebParts, pairs: Sequence[tuple[str, str]], sent: str) -> dict[str, Any]:
    """What a page needs for its form: the printers, and the one that was sent to just now."""
    known = list(parts.printers.values()) if parts.caller.may(Errand.PRINT) else []
    return {
        "printers": [(one.id, f"{one.name} ({one.form.words})") for one in known],
        "sent": parts.printers[sent].name if sent in parts.printers else "",
        "pairs": [(name, value) for name, value in pairs if name not in ("sent", "printer")],
    }


def sent_to(path: str, pairs: Sequence[tuple[str, str]], printer: str) -> str:
    """The same page again, which says that it was sent."""
    kept = [(name, value) for name, value in pairs if name not in ("sent", "printer")]
    return with_query(path, [*kept, ("sent", printer)])
