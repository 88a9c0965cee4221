"""How each order of people is carried out, and in which role it is given; one row an order."""

from collections.abc import Callable
from typing import Any

from kanban_hub.domain import (
    auditing,
    binding,
    collecting,
    counting,
    demanding,
    entering,
    finding,
    helping,
    levelling,
    onetime,
    planning,
    promising,
    quality,
    scanning,
    standing,
    supplying,
    undoing,
)
from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import DomainError, Reason, UndoError
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Move, Role
from kanban_hub.domain.outcome import move
from kanban_hub.domain.scanning import Intent
from kanban_hub.domain.sizing import trial
from kanban_hub.orders import (
    AddCards,
    BeginAudit,
    BindLabel,
    Cannot,
    ChangePlant,
    CountCard,
    EndAudit,
    EndTrial,
    EnterLine,
    KeepTrial,
    MakePromise,
    MoveCall,
    MoveCard,
    MoveLoop,
    NoteDefect,
    Order,
    PlaceDemand,
    Scan,
    See,
    SightCard,
    StartTrial,
    Supply,
    TakeBack,
    UnbindLabel,
)

CARD_ORDERS: dict[str, tuple[Role, Callable[[Floor, Card, str | None], list[Event]]]] = {
    "clear": (Role.QUALITY, lambda floor, card, _: quality.clear(floor, card)),
    "rework": (Role.QUALITY, lambda floor, card, _: quality.rework(floor, card)),
    "scrap": (Role.QUALITY, lambda floor, card, _: quality.scrap(floor, card)),
    "return": (Role.QUALITY, lambda floor, card, _: quality.send_back(floor, card)),
    "absolve": (Role.QUALITY, lambda _, card, __: quality.absolve(card)),
    "hold": (Role.SUPERVISOR, lambda _, card, reason: standing.hold(card, _given(card, reason))),
    "resume": (Role.SUPERVISOR, lambda _, card, __: standing.resume(card)),
    "lose": (Role.SUPERVISOR, lambda floor, card, _: standing.lose(floor, card)),
    "reissue": (Role.SUPERVISOR, standing.reissue),
    "retire": (Role.SUPERVISOR, lambda _, card, reason: standing.retire(card, _given(card, reason))),
    "release": (Role.SUPERVISOR, lambda floor, card, _: _released(floor, card)),
    "undo": (Role.SUPERVISOR, lambda _, card, __: _taken_back(card)),
}
CALL_ORDERS: dict[str, Callable[[AndonCall, str | None], list[Event]]] = {
    "take": lambda call, _: helping.take(call),
    "arrive": lambda call, _: helping.arrive(call),
    "solve": helping.solve,
    "close": helping.close,
    "reject": helping.reject,
}


LOOP_ORDERS = ("hold", "resume")
# What a page orders as the doing of a station.
AT_STATION = (Supply, See, Cannot, Scan, TakeBack)
HOW = "page"


def carry_out(floor: Floor, order: Order, occasion: Occasion) -> list[Event]:
    """The events of `order`. Raises a `DomainError` that says why it is not possible."""
    _, rule = _ROWS[type(order)]
    return rule(floor, order, occasion)


def occasion_of(floor: Floor, order: Order, now_ms: int, role: str | None = None) -> Occasion:
    """When and where what is ordered happens: here and now, but for what a sheet of paper tells.

    `role` is another than the order goes with. Raises a `DomainError`.
    """
    given = role or role_of(order)
    if isinstance(order, EnterLine):
        return entering.occasion_of(floor, order.what, now_ms, order.signal, given)
    if isinstance(order, AT_STATION) and order.signal is not None:
        return Occasion(Moment.at(now_ms), _station_of(floor, order), order.signal, HOW, given)
    return Occasion(Moment.at(now_ms), role=given)


def _station_of(floor: Floor, order: Supply | See | Cannot | Scan | TakeBack) -> str:
    """Where it is done: what a supplier does, at the supplier."""
    if isinstance(order, Scan | TakeBack):
        return order.station
    loop = floor.card(order.card).loop if isinstance(order, Supply) else order.loop
    return floor.loop(loop).supplier


def role_of(order: Order) -> Role:
    """In which role it is ordered; events keep the role and never the person."""
    if isinstance(order, MoveCard):
        return CARD_ORDERS[order.order][0]
    return _ROWS[type(order)][0]


def roles_of(kind: type[Any]) -> frozenset[Role]:
    """All roles in which an order of this `kind` may be ordered."""
    if kind is MoveCard:
        return frozenset(role for role, _ in CARD_ORDERS.values())
    return frozenset({_ROWS[kind][0]})


def _move_card(floor: Floor, order: MoveCard, _: Occasion) -> list[Event]:
    return CARD_ORDERS[order.order][1](floor, floor.card(order.card), order.reason)


def _move_loop(floor: Floor, order: MoveLoop, _: Occasion) -> list[Event]:
    if order.order == "resume":
        return standing.resume_loop(floor, order.loop)
    if not order.reason:
        raise DomainError(Reason.NOT_ALLOWED, "say the reason")
    return standing.hold_loop(floor, order.loop, order.reason)


def _move_call(floor: Floor, order: MoveCall, _: Occasion) -> list[Event]:
    if order.call not in floor.calls:
        raise DomainError(Reason.NOT_ALLOWED, f"no call {order.call} that is not finished")
    return CALL_ORDERS[order.order](floor.calls[order.call], order.cause)


def _supply(floor: Floor, order: Supply, occasion: Occasion) -> list[Event]:
    return list(
        supplying.made(floor, floor.card(order.card), order.move, occasion.moment, order.contents).events
    )


def _scan(floor: Floor, order: Scan, occasion: Occasion) -> list[Event]:
    """Two who look at the same page order the same thing: the second is told, and nothing is done twice."""
    card = floor.card(order.card)
    if card.since_ms != order.since_ms:
        raise DomainError(Reason.BUILT_ON, f"{card.id} has gone on since the page was made", card.id)
    if order.intent is Intent.FAIL:
        return list(scanning.scan_fail(floor, card.id, order.said, occasion).events)
    return list(scanning.scan(floor, card.id, order.intent, occasion).events)


def _cannot(floor: Floor, order: Cannot, _: Occasion) -> list[Event]:
    return list(supplying.unable(floor, floor.loop(order.loop), order.reason, order.call).events)


_ROWS: dict[type[Any], tuple[Role, Callable[[Floor, Any, Occasion], list[Event]]]] = {
    MoveCard: (Role.SUPERVISOR, _move_card),
    MoveLoop: (Role.SUPERVISOR, _move_loop),
    MoveCall: (Role.SUPERVISOR, _move_call),
    NoteDefect: (Role.SUPERVISOR, lambda floor, order, _: finding.note(floor, order.call, order.said)),
    CountCard: (
        Role.SUPERVISOR,
        lambda floor, order, _: counting.count(floor.card(order.card), order.contents),
    ),
    Supply: (Role.SUPPLIER, _supply),
    See: (Role.SUPPLIER, lambda floor, order, _: list(supplying.see(floor, order.loop).events)),
    Cannot: (Role.SUPPLIER, _cannot),
    Scan: (Role.SUPERVISOR, _scan),
    TakeBack: (Role.SUPERVISOR, lambda floor, order, now: list(undoing.undo(floor, order.taken, now).events)),
    MakePromise: (
        Role.SUPPLIER,
        lambda floor, o, now: promising.promise(floor, o.loop, o.ready_ms, o.reason, now.moment),
    ),
    AddCards: (
        Role.SUPERVISOR,
        lambda floor, order, now: onetime.add(floor, order.loop, order.wanted, now.moment.at_ms),
    ),
    PlaceDemand: (
        Role.CUSTOMER,
        lambda floor, order, _: demanding.place(floor, order.loop, order.demand, order.pieces),
    ),
    Resequence: (Role.SUPERVISOR, lambda floor, order, _: levelling.resequence(floor, order)),
    BeginAudit: (Role.SUPERVISOR, lambda floor, order, now: auditing.begin(floor, order.loop, now.moment)),
    SightCard: (
        Role.SUPERVISOR,
        lambda floor, order, _: auditing.sight(floor, order.audit, order.card, order.place),
    ),
    StartTrial: (
        Role.SUPERVISOR,
        lambda floor, o, now: trial.start(floor, o.loop, o.cards, (o.until_ms, o.reason), now.moment),
    ),
    KeepTrial: (Role.SUPERVISOR, lambda floor, order, _: trial.keep(floor, order.loop)),
    EndTrial: (Role.SUPERVISOR, lambda floor, order, _: trial.end(floor, order.loop)),
    EndAudit: (Role.SUPERVISOR, lambda floor, order, _: auditing.end(floor, order.audit)),
    BindLabel: (Role.SUPERVISOR, lambda floor, order, _: binding.bind(floor, order.key, order.target)),
    ChangePlant: (Role.ADMIN, lambda floor, order, _: planning.change(floor, order.plant)),
    EnterLine: (Role.SUPERVISOR, lambda floor, order, now: entering.enter(floor, order.what, now)),
    UnbindLabel: (Role.SUPERVISOR, lambda floor, order, _: binding.unbind(floor, order.key)),
}


def _given(card: Card, reason: str | None) -> str:
    if not reason:
        raise DomainError(Reason.NOT_ALLOWED, "say the reason", card.id)
    return reason


def _released(floor: Floor, card: Card) -> list[Event]:
    """A batch is released as a whole."""
    card.check(Move.RELEASE, Role.SUPERVISOR)
    return collecting.release(floor, card.loop)


def _taken_back(card: Card) -> list[Event]:
    """A supervisor's undo knows no time. A fail is not taken back but cleared: it has a replacement."""
    last = card.last
    if last is None or last.move in NOT_TAKEN_BACK:
        raise UndoError(Reason.NOTHING_TO_UNDO, f"the last move of {card.id} cannot be taken back", card.id)
    card.check(Move.UNDO, Role.SUPERVISOR)
    return [move(card, Move.UNDO, last.before)]


NOT_TAKEN_BACK = (Move.UNDO, Move.FAIL, Move.CLEAR, Move.REWORK, Move.SCRAP, Move.RETURN)
