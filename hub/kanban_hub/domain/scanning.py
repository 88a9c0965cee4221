"""A scanned card: the next move follows from the card's state and the station's side."""

from enum import StrEnum

from kanban_hub.domain.arriving import receive
from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import NotYourLoopError
from kanban_hub.domain.events import Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Role, Standing, State
from kanban_hub.domain.outcome import Outcome, already, says
from kanban_hub.domain.plant import Side
from kanban_hub.domain.pulling import pull_card
from kanban_hub.domain.quality import fail_card
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.supplying import step
from kanban_hub.domain.undoing import undo_card


class Intent(StrEnum):
    NEXT = "next"
    FAIL = "fail"
    UNDO = "undo"
    RECEIVE = "receive"


def scan(floor: Floor, code: str, intent: Intent, occasion: Occasion) -> Outcome:
    """Move the scanned card as `intent` says."""
    card, side = _scanned(floor, code, occasion)
    match intent:
        case Intent.FAIL:
            return fail_card(floor, card, Defect(), occasion)
        case Intent.UNDO:
            return undo_card(floor, card, occasion)
        case Intent.RECEIVE:
            if side is not Side.CONSUMER:
                raise NotYourLoopError(occasion.station or "?", card.loop)
            return receive(floor, card, occasion.moment)
    if is_repeated(floor, card, occasion):
        return already(card.loop, says("Already taken: the same scan"), card)
    return _next(floor, card, side, occasion.moment)


def scan_fail(floor: Floor, code: str, said: Defect, occasion: Occasion) -> Outcome:
    """Fail by code."""
    card, _ = _scanned(floor, code, occasion)
    return fail_card(floor, card, said, occasion)


def _scanned(floor: Floor, code: str, occasion: Occasion) -> tuple[Card, Side]:
    """The card of exactly this code, scanners and keyboards differing only in case.

    A void number is refused as void everywhere, even when its loop is no more; but the second reading of
    the scan that ended a replacement is no new scan.
    """
    card = floor.card(code.strip().lower())
    if not is_repeated(floor, card, occasion):
        card.check_not_void()
    side = floor.loop(card.loop).side_of(occasion.station or "")
    if side is None:
        raise NotYourLoopError(occasion.station or "?", card.loop)
    return card, side


def _next(floor: Floor, card: Card, side: Side, moment: Moment) -> Outcome:
    if side is Side.CONSUMER:
        return _next_at_consumer(floor, card, moment)
    if card.state is State.QUARANTINED:
        card.check(Move.SHIP, Role.SUPPLIER)
    return step(floor, card, moment)


def _next_at_consumer(floor: Floor, card: Card, moment: Moment) -> Outcome:
    """Full: pull. Every step of the supplier reported: receive. Between the two a bare scan is an
    impatient second one, and receiving then would put out a lamp that must stay lit.
    """
    if card.state is State.FULL:
        return pull_card(floor, card, moment)
    if card.state is State.COLLECTING:
        card.check(Move.RELEASE, Role.HUB)
        return already(card.loop, says("Already asked for: batch not complete"), card)
    card.check(Move.RECEIVE, Role.CONSUMER)
    if floor.loop(card.loop).next_step(card.state) is None:
        return receive(floor, card, moment)
    return already(card.loop, says("Already asked for. Arrived? Scan RECEIVE"), card)


def is_repeated(floor: Floor, card: Card, occasion: Occasion) -> bool:
    """Scanners read twice. A card that this station pulled or scanned just now is the same scan."""
    last = card.last
    if last is None or last.station != occasion.station or (card.is_void and not _ended_by_pull(card)):
        return False
    window_ms = floor.loop(card.loop).duplicate_window_s * 1000
    is_same_way = last.how == "scan" or last.move in (Move.PULL, Move.TAKE)
    return is_same_way and occasion.moment.apart_ms(last.moment) < window_ms


def _ended_by_pull(card: Card) -> bool:
    return card.standing is Standing.RETIRED and card.last is not None and card.last.move is Move.PULL
