"""A station's certificate and its one-time code, as its page shows and orders them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.identity.command import join_line
from kanban_hub.identity.office import Office
from kanban_hub.identity.record import Certificate, JoinCode
from kanban_hub.language import N_, _, ngettext
from kanban_hub.stationfile import door_url
from kanban_hub.web.instant import instant
from kanban_protocol.handshake import Verdict

_DAY_MS = 86_400_000
# A station renews 30 days ahead; who has not done so for half of that time cannot.
FAILING_DAYS = 14
_IN_THE_WAY: Mapping[Verdict | None, str] = {
    None: N_("the hub knows no address of the broker with TLS: start it with --stations-mqtt"),
    Verdict.ACCEPTED: N_("the broker has not read the list of revoked certificates yet"),
    Verdict.REFUSED: N_("the broker does not let the hub in"),
    Verdict.UNREACHABLE: N_("the hub cannot reach the broker"),
}


@dataclass(frozen=True)
class CertificateSign:
    """The newest certificate of a station. `look` and `sign` are shape and class of `word`."""

    look: str
    sign: str
    word: str
    ends: datetime
    is_revoked: bool
    hindrance: str


@dataclass(frozen=True)
class CodeSign:
    """An open code; its text is shown only when it is made."""

    until: datetime
    tries: int


@dataclass(frozen=True)
class IdentitySign:
    """`door` is where a Pi joins, empty for a hub without a door."""

    certificate: CertificateSign | None
    code: CodeSign | None
    door: str


@dataclass(frozen=True)
class Handed:
    """A code that was made just now."""

    text: str
    fingerprint: str
    until: datetime
    line: str


def identity(office: Office, station: str, host: str, now_ms: int) -> IdentitySign:
    """`host` is the Host header by which the reader has reached the hub."""
    papers = office.papers(station)
    hindrance = _hindrance(office) if papers.uncut else ""
    certificate = _certificate(papers.newest, hindrance, now_ms) if papers.newest is not None else None
    code = CodeSign(instant(papers.code.expires_ms), papers.code.tries) if papers.code is not None else None
    return IdentitySign(certificate, code, door_of(office, host))


def handed(office: Office, text: str, code: JoinCode, door: str) -> Handed:
    fingerprint = office.authority().fingerprint
    return Handed(text, fingerprint, instant(code.expires_ms), join_line(text, fingerprint, door))


def door_of(office: Office, host: str) -> str:
    """Where stations reach the door; empty for a hub without one. `host` is the reader's Host header."""
    return door_url(host, office.port) if office.port is not None else ""


def troubles(newest: Certificate | None, now_ms: int) -> list[str]:
    """What somebody has to look after."""
    if newest is None:
        return []
    if newest.revoked_ms is not None:
        return [_("revoked, but its connection may still stand")] if newest.cut_ms is None else []
    if now_ms >= newest.expires_ms:
        return [_("its certificate has ended: let it join again")]
    if (days := _days(newest, now_ms)) < FAILING_DAYS:
        text = ngettext(
            "its certificate is not renewed and ends in %(count)s day",
            "its certificate is not renewed and ends in %(count)s days",
            days,
        )
        return [text % {"count": days}]
    return []


def _certificate(newest: Certificate, hindrance: str, now_ms: int) -> CertificateSign:
    ends, is_revoked = instant(newest.expires_ms), newest.revoked_ms is not None
    if is_revoked:
        word = (
            _("revoked, its connection is ended") if not hindrance else _("revoked, may still be connected")
        )
        return CertificateSign("call", "bad", word, ends, is_revoked, hindrance)
    if now_ms >= newest.expires_ms:
        return CertificateSign("call", "bad", _("ended"), ends, is_revoked, hindrance)
    days = _days(newest, now_ms)
    text = ngettext("good for %(count)s more day", "good for %(count)s more days", days) % {"count": days}
    is_failing = days < FAILING_DAYS
    look, sign = ("call", "bad") if is_failing else ("online", "calm")
    return CertificateSign(look, sign, text, ends, is_revoked, hindrance)


def _days(newest: Certificate, now_ms: int) -> int:
    """Begun days count: on its last day it is good for one more."""
    return -((now_ms - newest.expires_ms) // _DAY_MS)


def _hindrance(office: Office) -> str:
    found = office.hindrance
    return _(_IN_THE_WAY[found.verdict if found is not None else Verdict.ACCEPTED])
