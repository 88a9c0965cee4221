"""What the leader adds to a quality fail, and its disposition. Nothing of it is asked of the operator."""

from collections.abc import Iterable

from kanban_hub.domain.andon import CallState
from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.containment import contained
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import CallMoved, CardCounted, CardMoved, Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move
from kanban_hub.domain.records.finding import Defect, DefectNoted, Finding, FindingDecided

DISPOSITIONS = (Move.CLEAR, Move.REWORK, Move.SCRAP, Move.RETURN)
NOTE_MOST = 2_000
PHOTOS_MOST = 8


def note(floor: Floor, call: str, said: Defect) -> list[Event]:
    """Add to the finding of `call`. A lot that is known only now holds its sister cards from now on."""
    finding = floor.record(Finding, call)
    if finding is None:
        raise DomainError(Reason.NOT_ALLOWED, f"call {call} is about no bad container")
    _check(finding, said)
    events: list[Event] = [DefectNoted(finding.loop, call, finding.card, said)]
    card = floor.card(finding.card)
    if finding.is_open and said.lot is not None and said.lot != card.lot:
        events.append(CardCounted(card.loop, card.id, Contents(card.quantity, said.lot)))
        events += contained(floor, card, said.lot)
    return events


def decided(floor: Floor, events: Iterable[Event]) -> list[Event]:
    """The findings that `events` close: a disposition was made, or the fail was taken back."""
    closed: list[Event] = []
    for event in events:
        match event:
            case CardMoved() if event.move in DISPOSITIONS:
                found = [f for f in floor.records_of(Finding) if f.card == event.card]
                closed += [FindingDecided(f.loop, f.id, f.card, event.move) for f in found]
            case CallMoved() if event.state == CallState.WITHDRAWN:
                known = floor.record(Finding, event.call)
                if known is not None and known.is_open:
                    closed.append(FindingDecided(known.loop, known.id, known.card))
    return closed


def begun(card: Card, call: str, said: Defect) -> Event:
    """The finding of a fail, with what the station could say."""
    return DefectNoted(card.loop, call, card.id, said)


def _check(finding: Finding, said: Defect) -> None:
    faults = []
    if said == Defect():
        faults.append("say at least one thing")
    if said.quantity is not None and not 0 <= said.quantity <= QUANTITY_MOST:
        faults.append(f"0 to {QUANTITY_MOST} pieces")
    if said.lot is not None and not 1 <= len(said.lot) <= LOT_MOST:
        faults.append(f"a lot has 1 to {LOT_MOST} characters")
    if said.note is not None and len(said.note) > NOTE_MOST:
        faults.append(f"a note has at most {NOTE_MOST} characters")
    if said.photo is not None and len({*finding.photos, said.photo}) > PHOTOS_MOST:
        faults.append(f"at most {PHOTOS_MOST} photos")
    if faults:
        raise DomainError(Reason.NOT_ALLOWED, "; ".join(faults), finding.card)
