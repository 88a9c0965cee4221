"""What accounts need of a store."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from kanban_hub.accounts.account import Access, AccessEntry, Account, Invitation, Session
from kanban_hub.accounts.program import Token


@dataclass(frozen=True)
class LogFilter:
    """Which entries of the access log. `since_ms` and `until_ms` as in a range; `skip` are left out."""

    what: Access | None = None
    by: str | None = None
    about: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    skip: int = 0

    def fits(self, entry: AccessEntry) -> bool:
        is_in_time = (self.since_ms or 0) <= entry.at_ms and (
            self.until_ms is None or entry.at_ms < self.until_ms
        )
        wanted = ((self.what, entry.what), (self.by, entry.by), (self.about, entry.about))
        return is_in_time and all(one in (None, known) for one, known in wanted)


class AccountBook(Protocol):
    """Accounts, sessions, invitations and the access log, in one transaction."""

    def accounts(self) -> list[Account]:
        """By name."""
        ...

    def account(self, name: str) -> Account | None: ...

    def account_of(self, issuer: str, subject: str) -> Account | None:
        """The account of whom a provider says it is."""
        ...

    def save_account(self, account: Account) -> None: ...

    def session(self, digest: str) -> Session | None: ...

    def save_session(self, session: Session) -> None: ...

    def end_session(self, digest: str) -> None: ...

    def end_sessions(self, account: str) -> None:
        """All of `account`."""
        ...

    def end_sessions_before(self, made_ms: int, seen_ms: int) -> None:
        """Those made, or last seen, before these times."""
        ...

    def invite(self, invitation: Invitation) -> None:
        """Keep `invitation`; an earlier one of the same account is void."""
        ...

    def invitation(self, digest: str) -> Invitation | None: ...

    def end_invitations(self, account: str | None) -> None: ...

    def tokens(self) -> list[Token]:
        """All tokens of programs, oldest first, also those that are no longer good."""
        ...

    def token(self, digest: str) -> Token | None: ...

    def save_token(self, token: Token) -> None: ...

    def note(self, entry: AccessEntry) -> None:
        """Add to the access log, which keeps the newest `LOG_MOST`."""
        ...

    def log(self, limit: int, which: LogFilter = LogFilter()) -> list[AccessEntry]:  # frozen
        """Newest first."""
        ...


class AccountStore(Protocol):
    """Raises `StoreError` when it cannot be read or written."""

    def accounts(self, *, writes: bool = True) -> AbstractContextManager[AccountBook]:
        """Commits when the block ends, rolls back when it raises. Without `writes` it is only looked at."""
        ...


LOG_MOST = 10_000
