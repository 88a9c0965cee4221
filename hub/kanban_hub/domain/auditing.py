"""Counting the cards: scan all that can be found; what is missing is listed with where it was last seen."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import Event
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.records.audit import Audit, AuditBegun, AuditEnded, CardSighted


def begin(floor: Floor, loop: str | None, moment: Moment) -> list[Event]:
    """Begin to count one loop's cards, or all. One count of the same cards at a time."""
    if loop is not None:
        floor.loop(loop)
    for audit in floor.records_of(Audit):
        if None in (loop, audit.loop) or audit.loop == loop:
            raise DomainError(Reason.NOT_ALLOWED, f"{audit.id} is under way: end it first")
    return [AuditBegun(loop, f"audit-{moment.at_ms}")]


def sight(floor: Floor, audit_id: str, card_id: str, place: str | None) -> list[Event]:
    """A card was found. Void cards that turn up are said to be void, for they are to be destroyed."""
    audit = open_audit(floor, audit_id)
    card = floor.card(card_id)
    card.check_not_void()
    if audit.loop not in (None, card.loop):
        raise DomainError(Reason.NOT_YOUR_LOOP, f"{card.id} is not of the loop that is counted", card.id)
    return [CardSighted(audit.loop, audit.id, card.id, place)]


def end(floor: Floor, audit_id: str) -> list[Event]:
    """End the count. Nothing is lost by it: a supervisor marks what stays missing as lost, card by card."""
    audit = open_audit(floor, audit_id)
    return [AuditEnded(audit.loop, audit.id)]


def missing(floor: Floor, audit: Audit) -> list[Card]:
    """The cards that should be there and were not sighted; each says by `last` where it was last seen."""
    loops = floor.plant.loops if audit.loop is None else [audit.loop]
    found = set(audit.found)
    return [card for loop in loops for card in floor.cards_of(loop) if card.id not in found]


def open_audit(floor: Floor, audit_id: str) -> Audit:
    """Raises a `DomainError` when there is none."""
    audit = floor.record(Audit, audit_id)
    if audit is None or not audit.is_open:
        raise DomainError(Reason.NOT_ALLOWED, f"no audit {audit_id} is under way")
    return audit
