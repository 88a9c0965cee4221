"""Keeping accounts: who has one, with which roles, and how a password comes to it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from kanban_hub.accounts import password, secret
from kanban_hub.accounts.account import (
    NAME_MOST,
    ROLES_OF_ACCOUNTS,
    Access,
    AccessEntry,
    Account,
    AccountRole,
    Invitation,
)
from kanban_hub.accounts.errors import (
    AccountFaultError,
    InvitationError,
    LogInError,
    PasswordError,
    UnknownAccountError,
)
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.ports import AccountBook, AccountStore, LogFilter
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _

HOUR_MS = 3_600_000
FIRST_FOR_MS = HOUR_MS
INVITED_FOR_MS = 24 * HOUR_MS
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True)
class Wanted:
    """The roles of an account; `station` goes with the role supplier and with no other."""

    roles: Collection[AccountRole]
    station: str | None = None

    def check(self, plant: Plant | None) -> None:
        """Raise an `AccountFaultError` with every fault."""
        faults = [*_role_faults(self.roles), *self._station_faults(plant)]
        if faults:
            raise AccountFaultError(" ".join(faults))

    def _station_faults(self, plant: Plant | None) -> list[str]:
        if AccountRole.SUPPLIER not in self.roles:
            return [_("Only a supplier has a station.")] if self.station else []
        if self.station is None:
            return [_("A supplier needs the station that it delivers from.")]
        found = plant.stations.get(self.station) if plant is not None else None
        if found is None:
            return [_("There is no station '%(station)s'.") % {"station": self.station[:50]}]
        if found.external:
            text = _("%(station)s is outside the plant: give it a link, not an account.")
            return [text % {"station": self.station}]
        return []


class Register:
    """`by` is the account that orders a change; `None`: whoever runs the hub."""

    def __init__(self, store: AccountStore, hashing: Hashing, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._hashing = hashing
        self._now_ms = now_ms

    def accounts(self) -> list[Account]:
        with self._store.accounts(writes=False) as book:
            return book.accounts()

    def log(self, limit: int, which: LogFilter = LogFilter()) -> list[AccessEntry]:  # noqa: B008  # frozen
        """The access log, newest first."""
        with self._store.accounts(writes=False) as book:
            return book.log(limit, which)

    def invite_first(self) -> str | None:
        """The secret of the link that makes the first account; `None` when there is one already.

        One whose log-in is elsewhere is none: it could not help when that fails.
        """
        with self._store.accounts() as book:
            if _has_local(book):
                return None
            return self._invited(book, None, FIRST_FOR_MS)

    def add(self, name: str, wanted: Wanted, by: str | None) -> str:
        """Add an account; the secret of the link that sets its password. Raises `AccountFaultError`."""
        name = checked_name(name)
        with self._store.accounts() as book:
            _check_free(book, name)
            now_ms = self._now_ms()
            book.save_account(Account(name, frozenset(wanted.roles), now_ms, wanted.station))
            self._note(book, Access.ADDED, by, name)
            return self._invited(book, name, INVITED_FOR_MS)

    def change(self, name: str, wanted: Wanted, by: str | None) -> None:
        """Give the account these roles, from the next request on."""
        with self._store.accounts() as book:
            known = _known_here(book, name)
            after = replace(known, roles=frozenset(wanted.roles), station=wanted.station)
            _check_admin_left(book, after)
            book.save_account(after)
            self._note(book, Access.ROLES_SET, by, name)

    def disable(self, name: str, by: str | None) -> None:
        """Let nobody in as `name` any more; its sessions end at once. `reset` lets it in again."""
        with self._store.accounts() as book:
            after = replace(_known(book, name), is_disabled=True)
            _check_admin_left(book, after)
            book.save_account(after)
            self._shut(book, name)
            self._note(book, Access.DISABLED, by, name)

    def reset(self, name: str, by: str | None) -> str:
        """Void the password and end the sessions; the secret of the link that sets a new password."""
        with self._store.accounts() as book:
            book.save_account(replace(_known_here(book, name), is_disabled=False, password=None))
            self._shut(book, name)
            self._note(book, Access.RESET, by, name)
            return self._invited(book, name, INVITED_FOR_MS)

    def enable(self, name: str, by: str | None) -> None:
        """Let an account in again whose log-in is elsewhere."""
        with self._store.accounts() as book:
            known = _known(book, name)
            if known.is_local:
                raise AccountFaultError(_("A password is needed: reset the account."))
            book.save_account(replace(known, is_disabled=False))
            self._note(book, Access.ENABLED, by, name)

    def end_sessions(self, name: str, by: str | None) -> None:
        with self._store.accounts() as book:
            book.end_sessions(_known(book, name).name)
            self._note(book, Access.SESSIONS_ENDED, by, name)

    def invited(self, link: str) -> Invitation:
        """What the link is for. Looking does not use it up. Raises `InvitationError`."""
        with self._store.accounts(writes=False) as book:
            return self._good(book, link)

    def accept(self, link: str, name: str, new: tuple[str, str]) -> str:
        """Use the link up: set the password `new`, typed twice; the name of the account.

        `name` counts for the first account only. Raises an `AccountError`, and then the link stays good.
        """
        invitation = self.invited(link)
        name = invitation.account or checked_name(name)
        password.check(*new, name)
        hashed = self._hashing.hashed(new[0])
        with self._store.accounts() as book:
            invitation = self._good(book, link)  # it may have been used meanwhile
            known = book.account(name)
            if invitation.account is None:
                _check_free(book, name)
                known = Account(name, frozenset({AccountRole.ADMIN}), self._now_ms())
            assert known is not None, "a good invitation is that of an account"
            book.save_account(replace(known, password=hashed))
            book.end_invitations(invitation.account)
            book.end_sessions(name)
            self._note(book, Access.PASSWORD_SET, name, name)
        return name

    def change_password(self, name: str, old: str, new: tuple[str, str]) -> None:
        """Set the own password; all sessions of the account end. Raises an `AccountError`."""
        with self._store.accounts(writes=False) as book:
            known = _known(book, name)
        if known.password is None or not self._hashing.fits(old, known.password):
            raise LogInError
        if old == new[0]:
            raise PasswordError(_("The new password is the old one."))
        password.check(*new, name)
        hashed = self._hashing.hashed(new[0])
        with self._store.accounts() as book:
            now_known = _known(book, name)
            if now_known.password != known.password:  # it was reset meanwhile
                raise LogInError
            book.save_account(replace(now_known, password=hashed))
            book.end_sessions(name)
            self._note(book, Access.PASSWORD_SET, name, name)

    def note(self, what: Access, by: str | None, about: str | None) -> None:
        """Add to the access log what was done elsewhere."""
        with self._store.accounts() as book:
            self._note(book, what, by, about)

    def _good(self, book: AccountBook, link: str) -> Invitation:
        found = book.invitation(secret.digest(link))
        if found is None or self._now_ms() >= found.expires_ms:
            raise InvitationError
        if found.account is None:
            is_good = not _has_local(book)
        else:
            account = book.account(found.account)
            is_good = account is not None and not account.is_disabled
        if not is_good:
            raise InvitationError
        return found

    def _invited(self, book: AccountBook, account: str | None, for_ms: int) -> str:
        link = secret.fresh()
        book.invite(Invitation(secret.digest(link), account, self._now_ms() + for_ms))
        return link

    def _shut(self, book: AccountBook, name: str) -> None:
        book.end_sessions(name)
        book.end_invitations(name)

    def _note(self, book: AccountBook, what: Access, by: str | None, about: str | None) -> None:
        book.note(AccessEntry(self._now_ms(), what, by, about))


def checked_name(name: str) -> str:
    """`name` in small letters. Raises `AccountFaultError`."""
    small = name.strip().lower()
    if not _NAME.fullmatch(small) or len(small) > NAME_MOST:
        text = _("A name has 1 to %(most)s of the signs a-z, 0-9, dot, dash and underscore.")
        raise AccountFaultError(text % {"most": NAME_MOST})
    return small


def _role_faults(roles: Collection[AccountRole]) -> list[str]:
    if not roles:
        return [_("An account needs a role: %(roles)s.") % {"roles": ", ".join(ROLES_OF_ACCOUNTS)}]
    text = _("%(role)s is no role of an account.")
    return [text % {"role": role} for role in roles if role not in ROLES_OF_ACCOUNTS]


def _known(book: AccountBook, name: str) -> Account:
    found = book.account(name)
    if found is None:
        raise UnknownAccountError(name)
    return found


def _known_here(book: AccountBook, name: str) -> Account:
    """An account whose password and roles are set here."""
    found = _known(book, name)
    if not found.is_local:
        raise AccountFaultError(_("This account is kept where it logs in: its roles are set there."))
    return found


def _check_free(book: AccountBook, name: str) -> None:
    if book.account(name) is not None:
        raise AccountFaultError(_("There is an account %(name)s already.") % {"name": name})


def _has_local(book: AccountBook) -> bool:
    return any(account.is_local for account in book.accounts())


def _check_admin_left(book: AccountBook, after: Account) -> None:
    """Refuse to leave the hub without anybody who can let people in, also when no provider answers."""
    others = (account for account in book.accounts() if account.name != after.name)
    if after.is_local and not any(_is_admin(account) for account in [*others, after]):
        raise AccountFaultError(_("This is the last admin: make another one first."))


def _is_admin(account: Account) -> bool:
    return AccountRole.ADMIN in account.roles and not account.is_disabled and account.is_local
