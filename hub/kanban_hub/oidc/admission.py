"""From whom a provider knows to an account here: made at the first log-in, with the roles of each one."""

from dataclasses import replace
from itertools import count

from kanban_hub.accounts.account import NAME_MOST, Access, AccessEntry, Account
from kanban_hub.accounts.ports import AccountBook, AccountStore
from kanban_hub.language import _
from kanban_hub.oidc.errors import NoRoleError
from kanban_hub.oidc.identity import Identity


def admitted(store: AccountStore, identity: Identity, now_ms: int) -> Account:
    """The account of `identity`, known by issuer and subject and by nothing else.

    A name that is taken gets a number: nobody comes into another's account by being called the same. With
    other roles than before its sessions end. Raises `NoRoleError` for an account that an admin has disabled.
    """
    with store.accounts() as book:
        known = book.account_of(identity.issuer, identity.subject)
        if known is not None and known.is_disabled:
            raise NoRoleError(_("This account is disabled. Ask an admin."))
        account = _account(book, identity, known, now_ms)
        if account == known:
            return known
        book.save_account(account)
        if known is not None:
            book.end_sessions(account.name)
        what = Access.ADDED if known is None else Access.ROLES_SET
        book.note(AccessEntry(now_ms, what, account.name, account.name))
        return account


def _account(book: AccountBook, identity: Identity, known: Account | None, now_ms: int) -> Account:
    if known is not None:
        return replace(known, roles=identity.roles, station=identity.station)
    return Account(
        _free_name(book, identity.name),
        identity.roles,
        now_ms,
        identity.station,
        issuer=identity.issuer,
        subject=identity.subject,
    )


def _free_name(book: AccountBook, name: str) -> str:
    numbered = (f"{name[: NAME_MOST - 5]}-{number}" for number in count(2))
    return name if book.account(name) is None else next(n for n in numbered if book.account(n) is None)
