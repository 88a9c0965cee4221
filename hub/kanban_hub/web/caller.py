"""Who asks: what a request may do follows from this and from nothing else."""

from dataclasses import dataclass
from typing import Any

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.rights import Errand, may_some
from kanban_hub.ports import ScreenLink


@dataclass(frozen=True)
class Caller:
    """`name` is that of an account, `program` that of a program's token.

    `form` is what forms must bear where a cookie says who asks. `station` is the one that a supplier orders
    for, `panel` the one whose link this browser has opened, and `link` that link's id.
    `screen` is that of a wall display.
    """

    roles: frozenset[AccountRole] = frozenset()
    name: str | None = None
    station: str | None = None
    form: str | None = None
    panel: str | None = None
    link: str | None = None
    program: str | None = None
    screen: ScreenLink | None = None

    @property
    def named(self) -> str | None:
        """Who did something, for the access log: an account, or the token of a program."""
        return self.name or (f"token {self.program}" if self.program else None)

    @property
    def is_known(self) -> bool:
        return bool(self.roles)

    def may(self, *gives: Errand | type[Any]) -> bool:
        """Whether it may do some of this."""
        return may_some(self.roles, gives)

    def may_signal(self, station: str) -> bool:
        """Whether it may press and scan for `station`."""
        by_account = may_some(self.roles - {AccountRole.STATION}, (Errand.SIGNAL,))
        return by_account or self.panel == station


NOBODY = Caller()
# Whoever bears the token may do all that an admin may; it is for programs and has no name.
BEARER = Caller(frozenset({AccountRole.ADMIN}))
