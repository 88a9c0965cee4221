"""Codes by which stations join: made for one station and a time, tried a few times, used once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.identity import code as codes
from kanban_hub.identity.errors import (
    ExpiredCodeError,
    LifeError,
    NoCodeError,
    OtherStationsCodeError,
    TooManyTriesError,
    UnknownStationError,
    UsedCodeError,
    WithdrawnCodeError,
    WrongCodeError,
)
from kanban_hub.identity.ports import IdentityBook, IdentityStore
from kanban_hub.identity.record import TRIES_MOST, JoinCode

LIFE_S = 15 * 60
LIFE_LEAST_S = 60
# A card is flashed today and put into its station this week.
LIFE_MOST_S = 7 * 86_400
# So many other open codes are compared, to tell a mix-up from a wrong code: each takes 40 ms.
OTHERS_COMPARED = 8


@dataclass(frozen=True)
class Issued:
    """A code that was made just now. Its `text` is shown once and kept nowhere."""

    text: str
    code: JoinCode


class Codes:
    """`by` is the account that orders it; `None`: whoever runs the hub."""

    def __init__(self, store: IdentityStore, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    def issue(self, station: str, by: str | None, life_s: int = LIFE_S) -> Issued:
        """A code for `station`, good for `life_s` (60 to 604,800); an open one of the station is withdrawn.

        Raises `UnknownStationError` and `LifeError`.
        """
        if not LIFE_LEAST_S <= life_s <= LIFE_MOST_S:
            raise LifeError(life_s, LIFE_LEAST_S, LIFE_MOST_S)
        now_ms, text = self._now_ms(), codes.fresh()
        made = JoinCode(secrets.token_hex(4), station, codes.digest(text), now_ms, now_ms + life_s * 1000)
        with self._store.identities() as book:
            check_known(book, station)
            for earlier in book.codes(station):
                if earlier.is_open(now_ms):
                    book.save_code(replace(earlier, revoked_ms=now_ms))
            book.save_code(made)
            book.note(AccessEntry(now_ms, Access.CODE_ADDED, by, station))
        return Issued(text, made)

    def all(self) -> list[JoinCode]:
        """Newest first, also those that are no longer open."""
        with self._store.identities(writes=False) as book:
            return book.codes()

    def open_code(self, station: str) -> JoinCode | None:
        now_ms = self._now_ms()
        with self._store.identities(writes=False) as book:
            return next((one for one in book.codes(station) if one.is_open(now_ms)), None)

    def withdraw(self, station: str, by: str | None) -> None:
        """Void the station's open code. Raises `NoCodeError` when there is none."""
        now_ms = self._now_ms()
        with self._store.identities() as book:
            found = next((one for one in book.codes(station) if one.is_open(now_ms)), None)
            if found is None:
                raise NoCodeError(station)
            book.save_code(replace(found, revoked_ms=now_ms))
            book.note(AccessEntry(now_ms, Access.CODE_WITHDRAWN, by, station))

    def tried(self, station: str, text: str, address: str) -> JoinCode:
        """The station's code that `text` is, whether still open or already used; a wrong one is counted.

        It has to be looked at again in the transaction that uses it. Raises an `IdentityError`.
        """
        now_ms = self._now_ms()
        with self._store.identities(writes=False) as book:
            check_known(book, station)
            known = _latest(book.codes(station), now_ms)
            others = [one for one in book.codes() if one.station != station and one.is_open(now_ms)]
        if known is not None and codes.fits(text, known.digest):
            check_usable(known, now_ms)
            return known
        self._count(station, address)
        if any(codes.fits(text, one.digest) for one in others[:OTHERS_COMPARED]):
            raise OtherStationsCodeError(station)
        if known is None:
            raise NoCodeError(station)
        if known.tries >= TRIES_MOST:
            raise TooManyTriesError(station)
        if not known.is_open(now_ms):
            raise NoCodeError(station)
        raise WrongCodeError(station, TRIES_MOST - known.tries - 1)

    def _count(self, station: str, address: str) -> None:
        now_ms = self._now_ms()
        with self._store.identities() as book:
            known = _latest(book.codes(station), now_ms)
            if known is not None and known.is_open(now_ms):
                book.save_code(replace(known, tries=known.tries + 1))
            book.note(AccessEntry(now_ms, Access.JOIN_REFUSED, None, station, address))


def _latest(newest_first: list[JoinCode], now_ms: int) -> JoinCode | None:
    """The open one, or what was the last of them."""
    found = [one for one in newest_first if one.is_open(now_ms)] or newest_first
    return found[0] if found else None


def check_usable(known: JoinCode, now_ms: int) -> None:
    """Raise for a code that is right and no longer good. A used one passes: the same key may ask again."""
    if known.tries >= TRIES_MOST:
        raise TooManyTriesError(known.station)
    if known.revoked_ms is not None:
        raise WithdrawnCodeError(known.station)
    if now_ms >= known.expires_ms:
        raise UsedCodeError(known.station) if known.used_ms is not None else ExpiredCodeError(known.station)


def check_known(book: IdentityBook, station: str) -> None:
    """Raise `UnknownStationError` for a station that the plant does not have."""
    plant = book.plant()
    if plant is None or station not in plant.stations:
        raise UnknownStationError(station)
