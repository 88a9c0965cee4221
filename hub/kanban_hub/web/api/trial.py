"""The trial of another number of cards, that goes back by itself."""

from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.records.trial import Trial as DomainTrial
from kanban_hub.domain.sizing.trial import CARDS_MOST, TRIAL_MOST_MS
from kanban_hub.orders import EndTrial, KeepTrial, Order, StartTrial
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty, not_found
from kanban_protocol.signals import ShortText

_MS_PER_HOUR = 3_600_000
_HOURS_MOST = TRIAL_MOST_MS / _MS_PER_HOUR


class TrialMove(StrEnum):
    START = "start"
    KEEP = "keep"
    END = "end"


class TrialOrder(Struct, frozen=True, kw_only=True):
    """`start` demands the number of cards, for how long, and why; the others take nothing."""

    move: TrialMove
    cards: Annotated[int, Meta(ge=1, le=CARDS_MOST)] | UnsetType = UNSET
    hours: Annotated[float, Meta(gt=0, le=_HOURS_MOST)] | UnsetType = UNSET
    reason: ShortText | UnsetType = UNSET


class Trial(Struct, frozen=True, kw_only=True):
    """The latest trial of a loop."""

    loop: str
    cards_before: int
    cards: Annotated[int, Meta(description="What is tried.")]
    surplus: Annotated[int, Meta(description="Cards too many that go when they are next pulled.")]
    reason: str
    started_at: Instant
    until: Annotated[Instant, Meta(description="When it goes back, unless it is kept.")]
    ended_at: Annotated[Instant, Meta(description="Null while it runs.")] | None
    kept: bool | None


@operation("GET /api/v1/loops/{loop}/trial", errors=(404,))
def loop_trial(parts: WebParts, loop: str) -> Trial:
    """The running trial of a loop, or its latest."""
    with parts.floor() as (floor, _):
        if loop not in floor.plant.loops:
            raise not_found(f"no loop {loop[:80]!r}")
        found = floor.record(DomainTrial, loop)
        if found is None:
            raise not_found(f"loop {loop} has had no trial lately")
        return _trial_of(found, floor.sizes[loop].surplus)


@operation("POST /api/v1/loops/{loop}/trial", errors=(404, 409), gives=(StartTrial, KeepTrial, EndTrial))
def order_trial(parts: WebParts, loop: str, body: TrialOrder) -> Trial:
    """Start, keep or end a trial. Answers when it is committed, with the trial as it is then."""
    with parts.floor() as (floor, _):
        floor.loop(loop)
    parts.ask(_order(parts, loop, body))
    return loop_trial.handler(parts, loop)  # type: ignore[no-any-return]  # a handler may answer anything


def _order(parts: WebParts, loop: str, body: TrialOrder) -> Order:
    given = {name: getattr(body, name) for name in ("cards", "hours", "reason")}
    is_start = body.move is TrialMove.START
    wrong = [name for name, value in given.items() if (value is UNSET) == is_start]
    if wrong:
        text = "is missing" if is_start else f"is not taken by {body.move}"
        raise faulty([Fault(f"body.{name}", text) for name in wrong])
    if is_start:
        until_ms = parts.clock.now_ms() + round(given["hours"] * _MS_PER_HOUR)
        return StartTrial(loop, given["cards"], until_ms, given["reason"])
    return KeepTrial(loop) if body.move is TrialMove.KEEP else EndTrial(loop)


def _trial_of(trial: DomainTrial, surplus: int) -> Trial:
    return Trial(
        loop=trial.id,
        cards_before=trial.cards_before,
        cards=trial.cards,
        surplus=surplus,
        reason=trial.reason,
        started_at=instant(trial.started_ms),
        until=instant(trial.until_ms),
        ended_at=instant_or_none(trial.ended_ms),
        kept=trial.is_kept,
    )
