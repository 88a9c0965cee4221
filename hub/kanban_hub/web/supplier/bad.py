"""A supplier's containers that were found bad: what was found, and what the plant makes of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.andon import CallState
from kanban_hub.domain.card import Card
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.records.finding import Finding
from kanban_hub.language import N_, _
from kanban_hub.web.supplier.desk import Desk

# What was decided is news for so long.
DECIDED_FOR_MS = 7 * 86_400_000
_SUSPECT = N_("held: may have the same fault as one that failed")
_UNDECIDED = N_("in quarantine: not decided yet")
_QUARANTINED = {
    CallState.RAISED: N_("in quarantine: nobody has looked at it yet"),
    CallState.TAKEN: N_("in quarantine: somebody is on the way to look at it"),
    CallState.ARRIVED: N_("in quarantine: it is being looked at"),
    CallState.SOLVED: N_("in quarantine: looked at, not decided yet"),
}
_DECIDED = {
    Move.CLEAR: N_("decided: it is good after all"),
    Move.REWORK: N_("decided: to be reworked"),
    Move.SCRAP: N_("decided: scrapped"),
    Move.RETURN: N_("decided: it goes back to you"),
}


@dataclass(frozen=True)
class BadContainer:
    """`quantity` are the pieces found bad, or all of the container; `photos` are ids."""

    card: str
    number: str
    quantity: int
    lot: str
    defect: str
    word: str
    age: str
    photos: tuple[str, ...] = ()


def bad_containers(desk: Desk) -> tuple[BadContainer, ...]:
    """Those that wait for a decision, those held because a sister failed, and what was decided lately."""
    return (*_waiting(desk), *_decided(desk))


def photos(desk: Desk) -> set[str]:
    """The photos that the supplier may see."""
    return {photo for one in bad_containers(desk) for photo in one.photos}


def _waiting(desk: Desk) -> Iterator[BadContainer]:
    found = {one.card: one for one in desk.floor.records_of(Finding) if one.loop in desk.loops}
    for loop in desk.loops:
        for card in desk.floor.cards_of(loop):
            if card.state is State.QUARANTINED:
                yield _container(desk, card, _word(desk, found.get(card.id)), found.get(card.id))
            elif card.suspect_of is not None:
                yield _container(desk, card, _SUSPECT, None)


def _decided(desk: Desk) -> Iterator[BadContainer]:
    for finding in desk.floor.records_of(Finding, only_open=False):
        is_news = finding.decided_ms is not None and desk.now_ms - finding.decided_ms < DECIDED_FOR_MS
        if finding.loop in desk.loops and finding.disposition is not None and is_news:
            card = desk.floor.card(finding.card)
            yield _container(desk, card, _DECIDED[finding.disposition], finding)


def _word(desk: Desk, finding: Finding | None) -> str:
    call = desk.floor.calls.get(finding.id) if finding is not None else None
    return _QUARANTINED.get(call.state, _UNDECIDED) if call is not None else _UNDECIDED


def _container(desk: Desk, card: Card, word: str, finding: Finding | None) -> BadContainer:
    known = finding or Finding("", card.loop, card.id, card.since_ms)
    is_same_filling = known.is_open or card.is_void  # what was decided may be on its way again, filled anew
    return BadContainer(
        card=card.id,
        number=desk.number(desk.loops[card.loop]),
        quantity=desk.quantity(card) if known.quantity is None else known.quantity,
        lot=known.lot or (card.lot if is_same_filling else None) or "",
        defect=desk.floor.plant.reason_name(known.defect) if known.defect else "",
        word=_(word),
        age=desk.age(known.found_ms),
        photos=known.photos,
    )
