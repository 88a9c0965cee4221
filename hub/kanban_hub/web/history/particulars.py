"""What an event says beside its sentence: reasons, quantities, times. One row a kind that has some."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kanban_hub.domain import events as of
from kanban_hub.domain.card import Contents
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records import audit, binding, box, demand, finding, promise, sheet, trial
from kanban_hub.language import N_, _, ngettext
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_protocol.refusals import TEXTS, Refusal


@dataclass(frozen=True)
class Particular:
    """A fact in words, with the time that it names, if it does."""

    text: str
    at: datetime | None = None


Told = Iterator[Particular]
_DECIDED: dict[Move | None, str] = {
    Move.CLEAR: N_("it is good after all"),
    Move.REWORK: N_("to be reworked"),
    Move.SCRAP: N_("scrapped"),
    Move.RETURN: N_("back to the supplier"),
    None: N_("the fail was taken back"),
}


def particulars(event: of.Event, plant: Plant) -> tuple[Particular, ...]:
    """The facts of `event`, in the order in which they are told."""
    rule = PARTICULARS.get(type(event))
    return tuple(rule(event, plant)) if rule is not None else ()


def contents_of(contents: Contents | None) -> Told:
    """What is said of a container's contents."""
    if contents is not None and contents.quantity is not None:
        pieces = contents.quantity
        yield Particular(ngettext("%(count)s piece", "%(count)s pieces", pieces) % {"count": pieces})
    if contents is not None and contents.lot:
        yield Particular(_("lot %(lot)s") % {"lot": contents.lot})


def _reason(text: str | None, plant: Plant) -> Told:
    if text:
        yield Particular(_("reason: %(reason)s") % {"reason": plant.reason_name(text)})


def _issued(event: of.CardIssued, plant: Plant) -> Told:
    if event.succeeds:
        yield Particular(_("takes the place of %(card)s") % {"card": event.succeeds})
    if event.replaces:
        yield Particular(_("stands in for %(card)s") % {"card": event.replaces})
    if event.state is not State.FULL:
        yield Particular(words.state(event.state))
    yield from _reason(event.reason, plant)


def _moved(event: of.CardMoved, _plant: Plant) -> Told:
    if event.before is not event.after:
        ways = {"before": words.state(event.before), "after": words.state(event.after)}
        yield Particular(_("%(before)s → %(after)s") % ways)
    yield from contents_of(event.contents)


def _hurried(event: of.PulledTooFast, _plant: Plant) -> Told:
    times = {"after": words.duration(event.after_s / 60), "least": words.duration(event.least_s / 60)}
    yield Particular(_("after %(after)s, where %(least)s is the least") % times)


def _called(event: of.CallRaised, plant: Plant) -> Told:
    known = plant.stations.get(event.station)
    yield Particular(_("at %(station)s") % {"station": known.name if known else event.station})
    if event.topic:
        yield Particular(_("about: %(topic)s") % {"topic": plant.reason_name(event.topic)})


def _call_moved(event: of.CallMoved, plant: Plant) -> Told:
    if event.cause:
        yield Particular(_("cause: %(cause)s") % {"cause": plant.reason_name(event.cause)})


def _refused(event: of.SignalRefused, _plant: Plant) -> Told:
    yield Particular(_(TEXTS[Refusal(event.reason)]))


def _promised(event: promise.PromiseMade, plant: Plant) -> Told:
    yield Particular(_("ready at"), instant(event.ready_ms))
    yield from _reason(event.reason, plant)


def _promise_ended(event: promise.PromiseEnded, _plant: Plant) -> Told:
    late = words.duration(abs(event.late_s) / 60)
    text = _("%(time)s too late") if event.late_s > 0 else _("kept, with %(time)s to spare")
    yield Particular(text % {"time": late})


def _ordered(event: demand.DemandPlaced, _plant: Plant) -> Told:
    yield Particular(_("reference %(reference)s") % {"reference": event.demand})


def _served(event: demand.DemandServed, _plant: Plant) -> Told:
    yield from contents_of(Contents(event.pieces))
    yield Particular(_("reference %(reference)s") % {"reference": event.demand})


def _tried(event: trial.TrialStarted, plant: Plant) -> Told:
    yield Particular(_("until"), instant(event.until_ms))
    yield from _reason(event.reason, plant)


def _trial_ended(event: trial.TrialEnded, _plant: Plant) -> Told:
    yield Particular(_("kept") if event.is_kept else _("as it was before"))


def _pitch(event: box.BoxEvent, plant: Plant) -> Told:
    yield Particular(_("pitch of"), instant(event.at_ms))
    yield from _reason(getattr(event, "reason", None), plant)


def _sighted(event: audit.CardSighted, _plant: Plant) -> Told:
    if event.place:
        yield Particular(_("at %(station)s") % {"station": event.place})


def _noted(event: finding.DefectNoted, plant: Plant) -> Told:
    said = event.said
    if said.defect:
        yield Particular(_("defect: %(defect)s") % {"defect": plant.reason_name(said.defect)})
    yield from contents_of(Contents(said.quantity, said.lot))
    if said.note:
        yield Particular(_("note: %(note)s") % {"note": said.note})


def _bound(event: binding.LabelBound | binding.LabelUnbound, _plant: Plant) -> Told:
    yield Particular(_("label %(label)s") % {"label": event.key})


def _entered(event: sheet.LineEntered, _plant: Plant) -> Told:
    yield Particular(_("line %(line)s of sheet %(sheet)s") % {"line": event.line, "sheet": event.sheet})


PARTICULARS: dict[type[of.Event], Callable[[Any, Plant], Told]] = {
    of.CardIssued: _issued,
    of.CardMoved: _moved,
    of.CardStood: lambda event, plant: _reason(event.reason, plant),
    of.CardCounted: lambda event, _plant: contents_of(event.contents),
    of.CardObsoleted: lambda event, _plant: contents_of(Contents(event.quantity)),
    of.PulledTooFast: _hurried,
    of.CallRaised: _called,
    of.CallMoved: _call_moved,
    of.SignalRefused: _refused,
    promise.PromiseMade: _promised,
    promise.PromiseEnded: _promise_ended,
    demand.DemandPlaced: _ordered,
    demand.DemandServed: _served,
    trial.TrialStarted: _tried,
    trial.TrialEnded: _trial_ended,
    box.PitchFilled: _pitch,
    box.PitchCleared: _pitch,
    audit.CardSighted: _sighted,
    finding.DefectNoted: _noted,
    finding.FindingDecided: lambda event, _plant: iter([Particular(_(_DECIDED[event.disposition]))]),
    binding.LabelBound: _bound,
    binding.LabelUnbound: _bound,
    sheet.LineEntered: _entered,
}
