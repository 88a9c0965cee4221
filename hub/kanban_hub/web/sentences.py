"""Events in words: one sentence a kind. They name cards and stations, never who did it."""

from collections.abc import Callable
from typing import Any

from kanban_hub.domain import events as of
from kanban_hub.domain.andon import CallKind, CallState
from kanban_hub.domain.moves import Move, Standing
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records import audit, binding, box, demand, finding, promise, sheet, size, trial
from kanban_hub.language import N_, _, ngettext
from kanban_hub.web import words

_MOVES: dict[Move, str] = {
    Move.PULL: N_("%(card)s was emptied"),
    Move.TAKE: N_("A container of %(card)s was taken"),
    Move.RELEASE: N_("%(card)s is asked for"),
    Move.ACCEPT: N_("%(card)s was seen by the supplier"),
    Move.START: N_("%(card)s is being made"),
    Move.FINISH: N_("%(card)s is made"),
    Move.SHIP: N_("%(card)s was shipped"),
    Move.RECEIVE: N_("%(card)s came in full"),
    Move.FAIL: N_("%(card)s failed and is set apart"),
    Move.CLEAR: N_("%(card)s was found good"),
    Move.REWORK: N_("%(card)s is reworked"),
    Move.SCRAP: N_("%(card)s was scrapped"),
    Move.RETURN: N_("%(card)s goes back to the supplier"),
    Move.UNDO: N_("The last move of %(card)s was taken back"),
}
_STANDINGS: dict[Standing, str] = {
    Standing.ACTIVE: N_("%(card)s takes part again"),
    Standing.HELD: N_("%(card)s is held"),
    Standing.LOST: N_("%(card)s is lost"),
    Standing.RETIRED: N_("%(card)s was retired"),
}
_CALLS: dict[CallState, str] = {
    CallState.RAISED: N_("A call was raised"),
    CallState.TAKEN: N_("A call was taken"),
    CallState.ARRIVED: N_("Help has come to a call"),
    CallState.SOLVED: N_("A call was solved"),
    CallState.CLOSED: N_("A call was closed"),
    CallState.REJECTED: N_("A call was none"),
    CallState.WITHDRAWN: N_("A call was withdrawn"),
}
# A text with the event's own fields in it, or what makes the sentence of the event.
SENTENCES: dict[type[of.Event], str | Callable[[Any, Plant], str]] = {
    of.CardIssued: N_("%(card)s was issued"),
    of.CardMoved: lambda event, _plant: _(_MOVES[event.move]) % {"card": event.card},
    of.CardStood: lambda event, _plant: _(_STANDINGS[event.standing]) % {"card": event.card},
    of.CardMadeRegular: N_("%(card)s is now a regular card"),
    of.CardEnding: N_("%(card)s ends when it is next emptied"),
    of.CardCounted: N_("%(card)s was counted"),
    of.CardObsoleted: N_("%(card)s no longer says the right quantity"),
    of.CardSuspected: N_("%(card)s is held: %(sister)s of its kind failed"),
    of.PulledTooFast: N_("%(card)s was emptied sooner than its parts can be used up"),
    of.CallRaised: lambda event, _plant: (
        _("Call: %(kind)s") % {"kind": words.kind(CallKind(event.call_kind))}
    ),
    of.CallMoved: lambda event, _plant: _(_CALLS[CallState(event.state)]),
    of.CallEscalated: N_("A call rose to level %(level)s"),
    of.LineStopped: N_("The line stopped"),
    of.PullRepeated: N_("Asked for once more"),
    of.SignalRefused: N_("A signal was refused"),
    size.LoopSet: lambda event, plant: (
        ngettext("The loop %(loop)s has %(count)s card", "The loop %(loop)s has %(count)s cards", event.cards)
        % {"loop": _name_of_loop(event.loop, plant), "count": event.cards}
    ),
    size.LoopEnded: N_("The loop %(loop)s ended"),
    promise.PromiseMade: N_("The supplier of %(loop)s promised the next container"),
    promise.PromiseEnded: N_("The promised container of %(loop)s came"),
    demand.DemandPlaced: lambda event, plant: (
        _("A customer ordered %(pieces)s of %(loop)s")
        % {"pieces": event.pieces, "loop": _name_of_loop(event.loop, plant)}
    ),
    demand.DemandServed: N_("A customer's order of %(loop)s was served"),
    trial.TrialStarted: N_("%(loop)s tries %(cards)s cards"),
    trial.TrialEnded: N_("The trial of %(loop)s ended with %(cards)s cards"),
    box.PitchFilled: N_("%(card)s was given a pitch"),
    box.PitchCleared: N_("%(card)s lost its pitch"),
    audit.AuditBegun: N_("The cards of %(loop)s are being counted"),
    audit.CardSighted: N_("%(card)s was found in the count"),
    audit.AuditEnded: N_("The count of %(loop)s is over"),
    finding.DefectNoted: N_("A finding was noted on %(card)s"),
    finding.FindingDecided: N_("It was decided on %(card)s"),
    binding.LabelBound: N_("A label was bound"),
    binding.LabelUnbound: N_("A label is no longer bound"),
    sheet.LineEntered: N_("%(card)s was entered from paper"),
}


def sentence(event: of.Event, plant: Plant) -> str:
    """What happened, without its time and place."""
    made = SENTENCES[type(event)]
    if not isinstance(made, str):
        return made(event, plant)
    return _(made) % (vars(event) | {"loop": _name_of_loop(event.loop, plant)})


def _name_of_loop(loop: str | None, plant: Plant) -> str:
    known = plant.loops.get(loop or "")
    return plant.item_name(known) if known else loop or ""
