"""Tokens of programs: made with a name, roles and an end, shown once, taken back at any time."""

import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from kanban_hub.accounts import secret
from kanban_hub.accounts.account import Access, AccessEntry, AccountRole
from kanban_hub.accounts.errors import AccountFaultError
from kanban_hub.accounts.ports import AccountStore
from kanban_hub.accounts.program import Token
from kanban_hub.accounts.register import Wanted
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _

NAME_MOST = 24
DAYS_MOST = 3 * 366
DAYS_USUAL = 366
# A token that is used is written down at most so often.
SEEN_EVERY_MS = 60_000
_DAY_MS = 86_400_000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True)
class WantedToken:
    """The role screen lets a program read and nothing else; it goes with no other."""

    name: str
    roles: Collection[AccountRole]
    days: int = DAYS_USUAL
    station: str | None = None

    def check(self, plant: Plant | None) -> None:
        """Raise an `AccountFaultError` with every fault."""
        faults = []
        if not _NAME.fullmatch(self.name) or len(self.name) > NAME_MOST:
            text = _("A name has 1 to %(most)s of the signs a-z, 0-9, dot, dash and underscore.")
            faults.append(text % {"most": NAME_MOST})
        if not 1 <= self.days <= DAYS_MOST:
            faults.append(_("A token is good for 1 to %(most)s days.") % {"most": DAYS_MOST})
        if set(self.roles) != {AccountRole.SCREEN}:
            faults += self._role_faults(plant)
        if faults:
            raise AccountFaultError(" ".join(faults))

    def _role_faults(self, plant: Plant | None) -> list[str]:
        if AccountRole.SCREEN in self.roles:
            return [_("Who may read only may nothing else: choose it alone.")]
        try:
            Wanted(self.roles, self.station).check(plant)
        except AccountFaultError as error:
            return [str(error)]
        return []


class Tokens:
    """`by` is the account that orders a change."""

    def __init__(self, store: AccountStore, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    def all(self) -> list[Token]:
        """Oldest first, also those that are no longer good."""
        with self._store.accounts(writes=False) as book:
            return book.tokens()

    def add(self, wanted: WantedToken, by: str | None) -> tuple[Token, str]:
        """The token, and what its program bears, which is kept nowhere. Raises `AccountFaultError`."""
        now_ms, borne = self._now_ms(), secret.fresh()
        made = Token(
            secrets.token_hex(4), wanted.name, frozenset(wanted.roles), secret.digest(borne), now_ms,
            now_ms + wanted.days * _DAY_MS, wanted.station,
        )  # fmt: skip
        with self._store.accounts() as book:
            if any(one.name == wanted.name and one.is_good(now_ms) for one in book.tokens()):
                text = _("There is a token %(name)s already: take it back first, or name this one otherwise.")
                raise AccountFaultError(text % {"name": wanted.name})
            book.save_token(made)
            book.note(AccessEntry(now_ms, Access.TOKEN_ADDED, by, made.name))
        return made, borne

    def revoke(self, token_id: str, by: str | None) -> None:
        """Let nobody in by it any more, at once. Raises `AccountFaultError` for one that is not there."""
        now_ms = self._now_ms()
        with self._store.accounts() as book:
            known = next((one for one in book.tokens() if one.id == token_id), None)
            if known is None:
                raise AccountFaultError(_("There is no such token."))
            if known.revoked_ms is None:
                book.save_token(replace(known, revoked_ms=now_ms))
                book.note(AccessEntry(now_ms, Access.TOKEN_REVOKED, by, known.name))

    def borne(self, text: str) -> Token | None:
        """The token that a program bears, while it is good."""
        key, now_ms = secret.digest(text), self._now_ms()
        with self._store.accounts(writes=False) as book:
            known = book.token(key)
        if known is None or not known.is_good(now_ms):
            return None
        if known.seen_ms is None or now_ms - known.seen_ms >= SEEN_EVERY_MS:
            with self._store.accounts() as book:
                fresh = book.token(key)  # it may have been taken back meanwhile
                if fresh is not None:
                    book.save_token(replace(fresh, seen_ms=now_ms))
        return known
