"""The permission to make or move one container, and how a move changes it."""

from dataclasses import dataclass, field, replace

from kanban_hub.domain.errors import CardVoidError, IllegalMoveError
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import RULES, Move, Role, Standing, State

_FILLING = frozenset({Move.FINISH, Move.SHIP, Move.RECEIVE})
_EMPTYING = frozenset({Move.PULL, Move.RETURN})
_PROGRESS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class LastMove:
    """What brought the card where it is, so that it can be taken back and a lit lamp can say why.

    The rest is what the card had before the move: taken back, it has its old place in line and its contents.
    """

    move: Move
    before: State
    moment: Moment
    station: str | None = None
    signal: str | None = None
    how: str | None = None
    since_ms: int = 0
    asked_ms: int | None = None
    filled_ms: int | None = None
    quantity: int | None = None
    lot: str | None = None
    cycles_left: int | None = None


@dataclass(frozen=True)
class Contents:
    """What is in a container, where it is not simply what the loop says. `quantity` in pieces."""

    quantity: int | None = None
    lot: str | None = None


@dataclass(frozen=True)
class Card:
    """The permission to make or move one container. `since_ms` and `asked_ms` are the hub's steady clock."""

    id: str
    loop: str
    state: State
    since_ms: int
    standing: Standing = Standing.ACTIVE
    asked_ms: int | None = None  # when it was pulled; None while it is full
    failed_from: State | None = None  # where it was when it was quarantined
    replaces: str | None = None  # the quarantined card that it stands in for
    is_temporary: bool = False  # not counted among the loop's regular cards
    ends_at_pull: bool = False  # a replacement that is no longer needed
    hold_reason: str | None = None
    quantity: int | None = None  # pieces in the container; None: as many as the loop says
    lot: str | None = None
    filled_ms: int | None = None  # since when the container has been filled; None when nobody saw it
    cycles_left: int | None = None  # of a one-time card: how often it is still filled after this time
    expires_ms: int | None = None  # of a one-time card: pulled after this time it ends
    is_obsolete: bool = False  # its printed quantity is no longer the loop's: pulled, it is exchanged
    suspect_of: str | None = None  # the failed card whose fault this container may have too
    last: LastMove | None = field(default=None, compare=False)

    @property
    def is_void(self) -> bool:
        return self.standing in (Standing.LOST, Standing.RETIRED)

    @property
    def number(self) -> int:
        """Its number in the loop; no two cards of a loop ever had the same."""
        return int(self.id.rsplit("-", 1)[1])

    @property
    def waits_since_ms(self) -> int:
        """Since when the consumer waits for it."""
        return self.since_ms if self.asked_ms is None else self.asked_ms

    @property
    def progress(self) -> int:
        """How far along the card is; a greater number is further."""
        return _PROGRESS[self.state]

    def ends_when_pulled(self, at_ms: int) -> bool:
        """Whether its next pull is its last: no longer needed, all cycles done, or its date has passed."""
        has_expired = self.expires_ms is not None and at_ms >= self.expires_ms
        return self.is_temporary and (self.ends_at_pull or self.cycles_left == 0 or has_expired)

    def check_not_void(self) -> None:
        """Raise `CardVoidError` when the number is void."""
        if self.is_void:
            raise CardVoidError(self.id, self.standing)

    def check(self, move: Move, role: Role) -> None:
        """Raise when `role` may not make `move` now: `CardVoidError` or `IllegalMoveError`."""
        self.check_not_void()
        rule = RULES[move]
        is_blocked = self.standing is Standing.HELD and move not in (Move.FAIL, Move.UNDO)
        if self.state not in rule.sources or role not in rule.roles or is_blocked:
            raise IllegalMoveError(self.id, move, self.state, is_held=self.standing is Standing.HELD)

    def moved(self, target: State, last: LastMove, contents: Contents | None = None) -> "Card":
        """The card after a move. Only `Floor.apply` calls it, with an event that passed `check`."""
        last = replace(
            last,
            since_ms=self.since_ms,
            asked_ms=self.asked_ms,
            filled_ms=self.filled_ms,
            quantity=self.quantity,
            lot=self.lot,
            cycles_left=self.cycles_left,
        )
        failed_from = self.state if last.move is Move.FAIL else self.failed_from
        card = self._as_before() if last.move is Move.UNDO else self._onward(target, last)
        if contents is not None:
            card = replace(card, quantity=contents.quantity, lot=contents.lot)
        return replace(
            card,
            state=target,
            failed_from=failed_from if target is State.QUARANTINED else None,
            # A replacement that has become regular goes first until it is here, and then no more.
            replaces=None if target is State.FULL and not self.is_temporary else self.replaces,
            last=last,
        )

    def _as_before(self) -> "Card":
        last = self.last
        if last is None:
            return self
        return replace(
            self,
            since_ms=last.since_ms,
            asked_ms=last.asked_ms,
            filled_ms=last.filled_ms,
            quantity=last.quantity,
            lot=last.lot,
            cycles_left=last.cycles_left,
        )

    def _onward(self, target: State, last: LastMove) -> "Card":
        at_ms = last.moment.at_ms
        card = replace(self, since_ms=at_ms, asked_ms=self._asked_ms(target, last))
        if last.move in _EMPTYING:
            return replace(
                card, filled_ms=None, quantity=None, lot=None, cycles_left=self._cycles_left(last.move)
            )
        if last.move in _FILLING and self.filled_ms is None:
            return replace(card, filled_ms=at_ms)
        return card

    def _cycles_left(self, move: Move) -> int | None:
        if self.cycles_left is None or move is not Move.PULL:
            return self.cycles_left
        return max(0, self.cycles_left - 1)

    def _asked_ms(self, target: State, last: LastMove) -> int | None:
        if target is State.FULL:
            return None
        is_asked_now = last.move is Move.PULL or (self.asked_ms is None and target is not State.QUARANTINED)
        return last.moment.at_ms if is_asked_now else self.asked_ms
