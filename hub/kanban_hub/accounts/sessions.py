"""Logging in and staying so: sessions are rows, so that each can be ended at any time."""

from collections.abc import Callable
from dataclasses import replace

from kanban_hub.accounts import secret
from kanban_hub.accounts.account import Access, AccessEntry, Account, Session
from kanban_hub.accounts.errors import LogInError, TooManyTriesError
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.ports import AccountStore
from kanban_hub.throttle import Throttle

# A shift with its handing over; without use a session ends sooner, because people walk away from screens.
LONGEST_MS = 12 * 3_600_000
IDLE_MS = 2 * 3_600_000
# A session that is used is written down at most so often.
SEEN_EVERY_MS = 60_000

# Tries a minute. One account from one address; one account from all; one address, which behind a proxy may
# be that of all people at the change of shifts.
OF_PAIR = 5
OF_ACCOUNT = 20
OF_ADDRESS = 60


class Sessions:
    """`now_ms` is the hub's steady clock, `now_s` any that goes on evenly."""

    def __init__(
        self,
        store: AccountStore,
        hashing: Hashing,
        now_ms: Callable[[], int],
        now_s: Callable[[], float],
    ) -> None:
        self._store = store
        self._hashing = hashing
        self._now_ms = now_ms
        # Compared with where there is no account: refusing takes as long as looking.
        self._nobody = hashing.nobodys()
        self._of_pair = Throttle(OF_PAIR, now_s)
        self._of_account = Throttle(OF_ACCOUNT, now_s)
        self._of_address = Throttle(OF_ADDRESS, now_s)

    def log_in(self, name: str, password: str, address: str) -> str:
        """The secret of a new session. Raises `LogInError` or `TooManyTriesError`."""
        name = name.strip().lower()
        self.check_pace(name, address)
        with self._store.accounts(writes=False) as book:
            known = book.account(name)
        may = known is not None and not known.is_disabled and known.password is not None
        fits = self._hashing.fits(password, (known.password if known and may else None) or self._nobody)
        if known is None or not may or not fits:
            # A name that is not known is not kept: people type passwords into the wrong field.
            self._note(Access.REFUSED, known.name if known else None, address)
            raise LogInError
        return self.begun(known, address)

    def account(self, session: str) -> Account | None:
        """Whose session `session` is, while it is good."""
        key, now_ms = secret.digest(session), self._now_ms()
        with self._store.accounts(writes=False) as book:
            known = book.session(key)
            account = book.account(known.account) if known is not None else None
        if known is None or account is None or account.is_disabled or _is_over(known, now_ms):
            return None
        if now_ms - known.seen_ms >= SEEN_EVERY_MS:
            with self._store.accounts() as book:
                if book.session(key) is not None:  # it may have been ended meanwhile
                    book.save_session(replace(known, seen_ms=now_ms))
        return account

    def end(self, session: str, address: str) -> None:
        """Log out."""
        key = secret.digest(session)
        with self._store.accounts() as book:
            known = book.session(key)
            book.end_session(key)
            if known is not None:
                account = known.account
                book.note(AccessEntry(self._now_ms(), Access.LOGGED_OUT, account, account, address))

    def check_pace(self, name: str, address: str) -> None:
        """Count a try of a password. Raises `TooManyTriesError`."""
        # All three count each try: none may hide behind another.
        allowed = (
            self._of_address.allows(address),
            self._of_pair.allows(f"{address} {name[:80]}"),
            self._of_account.allows(name[:80]),
        )
        if not all(allowed):
            raise TooManyTriesError

    def check_address(self, address: str) -> None:
        """Count a try of a log-in elsewhere. Raises `TooManyTriesError`."""
        if not self._of_address.allows(address):
            raise TooManyTriesError

    def refused(self, address: str) -> None:
        """Note that a log-in elsewhere let nobody in."""
        self._note(Access.REFUSED, None, address)

    def begun(self, account: Account, address: str) -> str:
        """The secret of a new session of `account`, whoever has found out that it is the one."""
        now_ms, session = self._now_ms(), secret.fresh()
        with self._store.accounts() as book:
            if book.account(account.name) != account:  # changed while its password was looked at
                raise LogInError
            book.end_sessions_before(now_ms - LONGEST_MS, now_ms - IDLE_MS)
            book.save_session(Session(secret.digest(session), account.name, now_ms, now_ms))
            book.note(AccessEntry(now_ms, Access.LOGGED_IN, account.name, account.name, address))
        return session

    def _note(self, what: Access, about: str | None, address: str) -> None:
        with self._store.accounts() as book:
            book.note(AccessEntry(self._now_ms(), what, None, about, address))


def _is_over(session: Session, now_ms: int) -> bool:
    return now_ms - session.made_ms >= LONGEST_MS or now_ms - session.seen_ms >= IDLE_MS
