"""From a signal of the contract to the domain's rule: one row a kind."""

from collections.abc import Callable
from typing import Any

from kanban_hub.domain import helping, pulling, quality, scanning, supplying, undoing
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.events import Occasion, SignalRefused
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.outcome import Outcome, Verdict, says
from kanban_hub.domain.records.finding import Defect
from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.meaning import card_meant, counted
from kanban_hub.labels.reading import read
from kanban_protocol import signals
from kanban_protocol.refusals import TEXTS, Refusal


def _fail(floor: Floor, body: signals.FailBody, occasion: Occasion) -> Outcome:
    if body.loop is not None:
        return quality.fail(floor, body.loop, Defect(body.defect, body.lot), occasion)
    label = read(body.code or "")
    card = card_meant(floor, label, scanning.Intent.FAIL, occasion)
    return scanning.scan_fail(floor, card, Defect(body.defect, body.lot or label.lot), occasion)


def _scan(floor: Floor, body: signals.ScanBody, occasion: Occasion) -> Outcome:
    label, intent = read(body.code), scanning.Intent(body.intent)
    card = card_meant(floor, label, intent, occasion)
    return counted(floor, label, scanning.scan(floor, card, intent, occasion))


USE_CASES: dict[type[Any], Callable[[Floor, Any, Occasion], Outcome]] = {
    signals.Pull: lambda floor, body, occasion: pulling.pull(floor, body.loop, occasion),
    signals.Advance: lambda floor, body, occasion: supplying.advance(floor, body.loop, occasion),
    signals.Scan: _scan,
    signals.Fail: _fail,
    signals.Cannot: lambda floor, body, occasion: supplying.cannot(floor, body.loop, body.reason, occasion),
    signals.Help: lambda floor, body, occasion: helping.call_help(floor, body.topic, occasion),
    signals.Undo: lambda floor, body, occasion: undoing.undo(floor, body.signal, occasion),
}


def answer(floor: Floor, signal: signals.Signal, occasion: Occasion) -> Outcome:
    """What the hub says to `signal`. Changes nothing: the outcome's events do, when they are applied."""
    try:
        return USE_CASES[type(signal)](floor, signal.body, occasion)
    except DomainError as error:
        return refused(Refusal(error.reason), signal, error)
    except LabelError as error:
        return refused(Refusal.UNREADABLE, signal, error)


def refused(
    reason: Refusal, signal: signals.Signal, error: DomainError | LabelError | None = None
) -> Outcome:
    """A refusal as a fact: counted, and shown with its reason."""
    card = error.card if isinstance(error, DomainError) else None
    loop = getattr(signal.body, "loop", None) or (card.rsplit("-", 1)[0] if card else None)
    event = SignalRefused(loop, card, reason, str(error) if error else TEXTS[reason])
    return Outcome(Verdict.REFUSED, (event,), card, None, says(TEXTS[reason]), reason)
