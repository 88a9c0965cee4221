"""One loop as plain values: what it is, how it stands, and what may be ordered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.balance import Balance, balance
from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.domain.records.audit import Audit
from kanban_hub.domain.records.promise import Promise
from kanban_hub.domain.records.trial import Trial
from kanban_hub.domain.standing import is_held_with_loop
from kanban_hub.domain.stock import MEASURED, lead_time, rate
from kanban_hub.language import N_, _, ngettext
from kanban_hub.web import words
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.loop.overview import look, look_word
from kanban_hub.web.numerals import numeral

_KINDS = {
    LoopKind.CARD: N_("one card a container"),
    LoopKind.TWO_BIN: N_("two bins"),
    LoopKind.SIGNAL: N_("one card for a lot"),
    LoopKind.EVENT: N_("cards for an occasion"),
}


@dataclass(frozen=True)
class Fact:
    """`is_data`: the value is a name or an id, said in no language."""

    name: str
    value: str
    href: str = ""
    is_data: bool = False


@dataclass(frozen=True)
class CardRow:
    """`why` is what is special about it: why it is held, what it replaces, until when it lives."""

    id: str
    look: str
    word: str
    since: datetime
    asked: datetime | None
    contents: str
    why: str
    is_temporary: bool
    may_go: bool  # a one-time card that nobody has begun with


@dataclass(frozen=True)
class TrialPicture:
    cards: int
    before: int
    surplus: int
    reason: str
    started: datetime
    until: datetime
    ended: datetime | None
    is_kept: bool | None

    @property
    def is_open(self) -> bool:
        return self.ended is None


@dataclass(frozen=True)
class LoopPicture:
    facts: tuple[Fact, ...]
    cards: tuple[CardRow, ...]
    balance: Balance
    trial: TrialPicture | None
    promise_ready: datetime | None
    promise_reason: str
    audit: str  # the id of the one under way, or empty
    is_held: bool
    can_be_sized: bool
    can_have_more: bool


def picture(floor: Floor, loop: KanbanLoop) -> LoopPicture:
    cards = floor.cards_of(loop.id)
    promise = floor.record(Promise, loop.id)
    is_promised = promise is not None and promise.is_open
    audits = [one.id for one in floor.records_of(Audit) if one.loop in (None, loop.id)]
    return LoopPicture(
        facts=tuple(_facts(floor, loop)),
        cards=tuple(_card(card, loop) for card in cards),
        balance=next(sheet for sheet in balance(floor) if sheet.loop == loop.id),
        trial=trial_of(floor, loop.id),
        promise_ready=instant(promise.ready_ms) if promise and is_promised else None,
        promise_reason=(promise.reason or "") if promise and is_promised else "",
        audit=audits[-1] if audits else "",
        is_held=any(is_held_with_loop(card) for card in cards),
        can_be_sized=loop.kind is LoopKind.CARD,
        can_have_more=not loop.is_signal,
    )


def trial_of(floor: Floor, loop: str) -> TrialPicture | None:
    """The running trial of `loop`, or its latest."""
    known = floor.record(Trial, loop)
    if known is None:
        return None
    return TrialPicture(
        known.cards, known.cards_before, floor.sizes[loop].surplus, known.reason, instant(known.started_ms),
        instant(known.until_ms), instant_or_none(known.ended_ms), known.is_kept,
    )  # fmt: skip


def _facts(floor: Floor, loop: KanbanLoop) -> Iterator[Fact]:
    plant = floor.plant
    taken, takes = rate(floor, loop), lead_time(floor, loop)
    pieces = ngettext("%(count)s piece", "%(count)s pieces", loop.container_quantity)
    regular = floor.sizes[loop.id].cards
    hours = regular * loop.lot_quantity / taken.per_hour
    yield Fact(_("Item"), f"{plant.item_name(loop)} ({loop.item})", is_data=True)
    yield Fact(
        _("From"), plant.stations[loop.supplier].name, f"/stations/{loop.supplier}/queue", is_data=True
    )
    yield Fact(_("To"), plant.stations[loop.consumer].name, f"/stations/{loop.consumer}", is_data=True)
    yield Fact(_("Kind"), _(_KINDS[loop.kind]))
    yield Fact(_("Container"), pieces % {"count": loop.container_quantity})
    if loop.kind is not LoopKind.EVENT:
        enough = ngettext(
            "%(count)s card, enough for %(time)s", "%(count)s cards, enough for %(time)s", regular
        )
        yield Fact(_("Target"), enough % {"count": regular, "time": words.measured(hours * 3600)})
    yield Fact(
        _("Consumption"),
        _sourced(_("%(count)s pieces an hour") % {"count": numeral(taken.per_hour)}, taken.source),
    )
    yield Fact(_("Lead time"), _sourced(words.measured(takes.seconds), takes.source))
    if loop.batch > 1:
        yield Fact(
            _("Batch"), ngettext("%(count)s card", "%(count)s cards", loop.batch) % {"count": loop.batch}
        )
    shifts = [shift.name for shift in plant.calendar.shifts]
    own = plant.stations[loop.consumer].shifts
    named = [shift.name for shift in plant.calendar.shifts if shift.id in own] if own else shifts
    yield Fact(_("Calendar"), ", ".join(named) or _("all hours count"), is_data=bool(named))


def _sourced(text: str, source: str) -> str:
    form = _("%(value)s, measured") if source == MEASURED else _("%(value)s, planned")
    return form % {"value": text}


def _card(card: Card, loop: KanbanLoop) -> CardRow:
    kind = look(card)
    quantity = loop.quantity_of(card)
    pieces = ngettext("%(count)s piece", "%(count)s pieces", quantity) % {"count": quantity}
    return CardRow(
        id=card.id,
        look=kind,
        word=look_word(kind),
        since=instant(card.since_ms),
        asked=instant_or_none(card.asked_ms),
        contents=_("%(pieces)s, lot %(lot)s") % {"pieces": pieces, "lot": card.lot} if card.lot else pieces,
        why=_why(card),
        is_temporary=card.is_temporary,
        may_go=_may_go(card),
    )


def _may_go(card: Card) -> bool:
    is_asked = card.state in (State.REQUESTED, State.COLLECTING)
    return card.is_temporary and card.replaces is None and is_asked and card.standing is Standing.ACTIVE


def _why(card: Card) -> str:
    if card.suspect_of is not None:
        return _("may have the fault of %(card)s") % {"card": card.suspect_of}
    if card.standing is Standing.HELD:
        return _("held: %(reason)s") % {"reason": card.hold_reason or ""}
    if card.replaces is not None:
        return _("stands in for %(card)s") % {"card": card.replaces}
    if card.is_obsolete:
        return _("its printed quantity no longer holds")
    return _("one-time card") if card.is_temporary else ""
