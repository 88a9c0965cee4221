"""Joining: from a one-time code to a pair that is used."""

from dataclasses import dataclass
from pathlib import Path

from kanban_device.errors import DataUnusableError
from kanban_device.joining.doorway import Doorway, certificates, digest, pinned
from kanban_device.joining.errors import AnswerError, NotPinnedError
from kanban_device.joining.identity import Identity, Pair
from kanban_device.joining.request import Request


@dataclass(frozen=True)
class Ticket:
    """What lets a station in: the hub's door, the code, and by what the hub is known: fingerprint or file."""

    url: str
    code: str
    fingerprint: str | None = None
    ca: Path | None = None

    def authority(self) -> str:
        """The authority that the door must be of, PEM. Raises a `JoinError`."""
        if self.ca is not None:
            try:
                return self.ca.read_text()
            except (OSError, UnicodeDecodeError) as error:
                raise DataUnusableError(self.ca, f"no certificate to read: {error}") from None
        if not self.fingerprint:
            raise NotPinnedError
        return pinned(self.url, self.fingerprint)


def join(station: str, data: Path, ticket: Ticket) -> Pair:
    """Get a certificate for `station` and use it. What was there before goes on until then.

    The key is kept before it is asked for: killed in between, the same command gets the same certificate.
    Raises a `DeviceError`.
    """
    identity, authority = Identity(data), ticket.authority()
    try:
        known = identity.asking.read_bytes() if identity.asking.exists() else None
        request = Request.of(station, known)
        identity.remember_asking(request.pem)
        form = {"station": station, "code": ticket.code, "csr": request.text}
        answer = Doorway(ticket.url, authority).post("/join", form)
        parts = request.answered(answer, ticket.url)
        if {digest(one) for one in certificates(authority)}.isdisjoint(
            digest(one) for one in certificates(str(answer["authority"]))
        ):
            raise AnswerError(ticket.url, "it names another authority than the one that is trusted")
        pair = identity.keep(parts)
        identity.switch(pair)
    except OSError as error:
        raise DataUnusableError(identity.folder, error.strerror or str(error)) from error
    return pair
