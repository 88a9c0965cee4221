"""How a station gets its certificate, another one in time, and loses it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography import x509

from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.identity import paper, request
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.codes import Codes, check_known, check_usable
from kanban_hub.identity.errors import (
    CertificateNeededError,
    NothingToRevokeError,
    RevokedError,
    UsedCodeError,
)
from kanban_hub.identity.ports import IdentityBook, IdentityStore
from kanban_hub.identity.record import Certificate
from kanban_hub.identity.request import KeyRequest


@dataclass(frozen=True)
class Joined:
    """What a station gets. `authority` are the certificates that it shall trust, PEM."""

    station: str
    certificate: str
    authority: str


class Joining:
    """`authority` gives the authority of now; `by` is the account that orders it."""

    def __init__(
        self, store: IdentityStore, now_ms: Callable[[], int], authority: Callable[[], Authority]
    ) -> None:
        self._store = store
        self._now_ms = now_ms
        self._authority = authority
        self._codes = Codes(store, now_ms)

    def join(self, station: str, code: str, asked: str, address: str) -> Joined:
        """A certificate for the key of the request `asked`; the station's earlier ones are revoked.

        The same key with the same code gets the same certificate again, within the code's time: an answer may
        be lost. Raises an `IdentityError`.
        """
        wanted = request.read(asked, station)
        tried = self._codes.tried(station, code, address)
        now_ms = self._now_ms()
        with self._store.identities() as book:
            check_known(book, station)
            known = next(one for one in book.codes(station) if one.id == tried.id)
            check_usable(known, now_ms)
            if known.used_ms is not None:
                return self._again(book, known.serial or "", wanted)
            made = self._signed(station, wanted)
            for earlier in book.certificates(station):
                if earlier.revoked_ms is None:
                    book.save_certificate(replace(earlier, revoked_ms=now_ms))
            book.save_certificate(made)
            book.save_code(replace(known, used_ms=now_ms, serial=made.serial))
            book.note(AccessEntry(now_ms, Access.STATION_JOINED, None, station, address))
        return self._joined(made)

    def renew(self, shown: x509.Certificate, asked: str, address: str) -> Joined:
        """Another certificate for the station whose certificate was `shown`, verified by the listener.

        The one before stays good until its end. Raises an `IdentityError`.
        """
        now_ms = self._now_ms()
        with self._store.identities() as book:
            station = self._station_of(book, shown)
            made = self._signed(station, request.read(asked, station))
            book.save_certificate(made)
            book.note(AccessEntry(now_ms, Access.STATION_RENEWED, None, station, address))
        return self._joined(made)

    def who(self, shown: x509.Certificate) -> str:
        """The station that a certificate lets in. Raises an `IdentityError`."""
        with self._store.identities(writes=False) as book:
            return self._station_of(book, shown)

    def revoke(self, station: str, by: str | None) -> None:
        """Let the station's Pi in nowhere any more; an open code of it is void too.

        Raises `NothingToRevokeError` for one that has no certificate of this hub.
        """
        now_ms = self._now_ms()
        with self._store.identities() as book:
            known = book.certificates(station)
            if not any(one.revoked_ms is None for one in known):
                raise NothingToRevokeError(station)
            for one in known:
                if one.revoked_ms is None:
                    book.save_certificate(replace(one, revoked_ms=now_ms))
            for code in book.codes(station):
                if code.is_open(now_ms):
                    book.save_code(replace(code, revoked_ms=now_ms))
            book.note(AccessEntry(now_ms, Access.STATION_REVOKED, by, station))

    def _again(self, book: IdentityBook, serial: str, wanted: KeyRequest) -> Joined:
        given = book.certificate(serial)
        if given is None or given.key_digest != wanted.digest or given.revoked_ms is not None:
            raise UsedCodeError(given.station if given is not None else "")
        return self._joined(given)

    def _station_of(self, book: IdentityBook, shown: x509.Certificate) -> str:
        """By the record; a certificate that a restored hub has forgotten speaks for itself."""
        serial = serial_of(shown)
        known = book.certificate(serial)
        if known is not None:
            if known.revoked_ms is not None:
                raise RevokedError(known.station)
            return known.station
        name = paper.name_of(shown)
        plant = book.plant()
        if plant is None or name not in plant.stations:
            raise CertificateNeededError
        return name

    def _signed(self, station: str, wanted: KeyRequest) -> Certificate:
        now_ms = self._now_ms()
        span_ms = now_ms, now_ms + paper.STATION_DAYS * paper.DAY_MS
        made = paper.client(self._authority().signer, station, wanted.key, span_ms)
        ends_ms = int(made.not_valid_after_utc.timestamp() * 1000)
        text = paper.pem(made).decode()
        return Certificate(serial_of(made), station, now_ms, ends_ms, wanted.digest, text)

    def _joined(self, made: Certificate) -> Joined:
        return Joined(made.station, made.pem, self._authority().bundle.decode())


def serial_of(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:040x}"
