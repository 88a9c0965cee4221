"""Accounts in memory."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields, replace

from kanban_hub.accounts.account import AccessEntry, Account, Invitation, Session
from kanban_hub.accounts.ports import LOG_MOST, LogFilter
from kanban_hub.accounts.program import Token


@dataclass
class Access:
    """All that is stored of accounts. What it holds is frozen."""

    accounts: dict[str, Account] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    log: list[AccessEntry] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)

    def copy(self) -> "Access":
        made = replace(self)
        for entry in fields(self):
            setattr(made, entry.name, copy(getattr(self, entry.name)))
        return made


class InMemoryAccounts:
    """An `AccountBook` on what is stored."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def accounts(self) -> list[Account]:
        return [account for _, account in sorted(self._access.accounts.items())]

    def account(self, name: str) -> Account | None:
        return self._access.accounts.get(name)

    def account_of(self, issuer: str, subject: str) -> Account | None:
        known = self._access.accounts.values()
        return next((a for a in known if (a.issuer, a.subject) == (issuer, subject)), None)

    def save_account(self, account: Account) -> None:
        self._access.accounts[account.name] = account

    def session(self, digest: str) -> Session | None:
        return self._access.sessions.get(digest)

    def save_session(self, session: Session) -> None:
        self._access.sessions[session.digest] = session

    def end_session(self, digest: str) -> None:
        self._access.sessions.pop(digest, None)

    def end_sessions(self, account: str) -> None:
        self._keep(lambda session: session.account != account)

    def end_sessions_before(self, made_ms: int, seen_ms: int) -> None:
        self._keep(lambda session: session.made_ms >= made_ms and session.seen_ms >= seen_ms)

    def invite(self, invitation: Invitation) -> None:
        self.end_invitations(invitation.account)
        self._access.invitations[invitation.digest] = invitation

    def invitation(self, digest: str) -> Invitation | None:
        return self._access.invitations.get(digest)

    def end_invitations(self, account: str | None) -> None:
        known = self._access.invitations
        self._access.invitations = {key: one for key, one in known.items() if one.account != account}

    def tokens(self) -> list[Token]:
        return sorted(self._access.tokens.values(), key=lambda token: (token.made_ms, token.id))

    def token(self, digest: str) -> Token | None:
        return next((token for token in self._access.tokens.values() if token.digest == digest), None)

    def save_token(self, token: Token) -> None:
        self._access.tokens[token.id] = token

    def note(self, entry: AccessEntry) -> None:
        self._access.log = [*self._access.log, entry][-LOG_MOST:]

    def log(self, limit: int, which: LogFilter = LogFilter()) -> list[AccessEntry]:  # noqa: B008  # frozen
        found = [entry for entry in reversed(self._access.log) if which.fits(entry)]
        return found[which.skip :][:limit]

    def _keep(self, is_kept: Callable[[Session], bool]) -> None:
        known = self._access.sessions
        self._access.sessions = {key: session for key, session in known.items() if is_kept(session)}
