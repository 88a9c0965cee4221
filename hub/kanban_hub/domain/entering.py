"""What was done while the hub was away, entered from paper: line by line, in the order of the sheet.

The time on a line is kept and shown, and decides nothing: what follows follows from the order of the lines
and the states of the cards. So two pulls of a card are two when it was received between them, and one when
it was not, whatever stands beside them. Each line is taken once, however often the sheet is entered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kanban_hub.domain.arriving import receive
from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import UNDATED, WRITTEN, Moment
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.outcome import Outcome, already, says
from kanban_hub.domain.pulling import on_the_way, pull_card
from kanban_hub.domain.quality import fail_card
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.records.sheet import Entry, LineEntered, Sheet
from kanban_hub.domain.supplying import made

HOW = "paper"
LINES_MOST = 200
"""Of one sheet."""
AGE_MOST_MS = 30 * 86_400_000
"""As old as a signal may be."""
_MADE = (State.IN_PROCESS, State.DONE)


@dataclass(frozen=True)
class SheetLine:
    """Line `line`, from 1, of the sheet numbered `sheet`: `entry` happened to `card`.

    `written_ms` is when, as somebody wrote it; `contents` what a scanned label said of the container.
    """

    sheet: str
    line: int
    entry: Entry
    card: str
    written_ms: int | None = None
    contents: Contents | None = None


def occasion_of(floor: Floor, line: SheetLine, now_ms: int, signal: str, role: str) -> Occasion:
    """When and where it happened: at the side of the loop where such things are done."""
    at_ms = now_ms if line.written_ms is None else line.written_ms
    moment = Moment(at_ms, now_ms, clock=UNDATED if line.written_ms is None else WRITTEN)
    return Occasion(moment, _station(floor, line), signal, HOW, role)


def enter(floor: Floor, line: SheetLine, occasion: Occasion) -> list[Event]:
    """What follows from `line`; nothing when it has been entered before.

    Raises a `DomainError` for what is not possible, and for a line that was entered with other content.
    """
    _check(line, occasion.moment)
    sheet = floor.record(Sheet, line.sheet)
    known = sheet.entered(line.line) if sheet is not None else None
    if known is not None:
        if (known.card, known.entry, known.written_ms) == (line.card, line.entry, line.written_ms):
            return []
        text = f"line {line.line} of sheet {line.sheet} was entered before, as {known.entry} of {known.card}"
        raise DomainError(Reason.NOT_ALLOWED, text, line.card)
    card = floor.card(line.card)
    card.check_not_void()
    outcome = _RULES[line.entry](floor, card, line, occasion)
    said = str(outcome.text) if outcome.text is not None else None
    entered = LineEntered(
        card.loop, line.sheet, line.line, card.id, line.entry, line.written_ms, outcome.verdict, said
    )
    return [*outcome.events, entered]


def _check(line: SheetLine, moment: Moment) -> None:
    age_ms = moment.received_ms - moment.at_ms
    if age_ms < 0:
        raise DomainError(Reason.NOT_ALLOWED, "the time written is still to come", line.card)
    if age_ms > AGE_MOST_MS:
        raise DomainError(Reason.TOO_LATE, "the time written is more than 30 days ago", line.card)
    if not 1 <= line.line <= LINES_MOST:
        raise DomainError(Reason.NOT_ALLOWED, f"a sheet has {LINES_MOST} lines at most", line.card)


def _station(floor: Floor, line: SheetLine) -> str:
    card = floor.card(line.card)
    loop = floor.loop(card.loop)
    is_suppliers = line.entry is Entry.SHIP or (line.entry is Entry.FAIL and card.state in _MADE)
    return loop.supplier if is_suppliers else loop.consumer


def _pull(floor: Floor, card: Card, _: SheetLine, occasion: Occasion) -> Outcome:
    loop = floor.loop(card.loop)
    is_away = card.state not in (State.FULL, State.QUARANTINED) and not loop.is_signal
    return (
        already(loop.id, on_the_way(floor, loop), card)
        if is_away
        else pull_card(floor, card, occasion.moment)
    )


def _ship(floor: Floor, card: Card, line: SheetLine, occasion: Occasion) -> Outcome:
    if card.state is State.IN_TRANSIT:
        return already(card.loop, says("Already shipped"), card)
    return made(floor, card, Move.SHIP, occasion.moment, line.contents)


def _fail(floor: Floor, card: Card, line: SheetLine, occasion: Occasion) -> Outcome:
    return fail_card(floor, card, Defect(lot=line.contents.lot if line.contents else None), occasion)


_RULES: dict[Entry, Callable[[Floor, Card, SheetLine, Occasion], Outcome]] = {
    Entry.PULL: _pull,
    Entry.RECEIVE: lambda floor, card, _, occasion: receive(floor, card, occasion.moment),
    Entry.SHIP: _ship,
    Entry.FAIL: _fail,
}
