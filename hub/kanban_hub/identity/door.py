"""The stations' door: what Pis ask of the hub over TLS, as one small table of routes."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec
from cryptography import x509
from msgspec import Meta, Struct

from kanban_hub.errors import HubError
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.errors import CertificateNeededError, IdentityError, RequestError, TooOftenError
from kanban_hub.identity.joining import Joined, Joining
from kanban_hub.identity.request import SIZE_MOST
from kanban_hub.throttle import Throttle
from kanban_protocol.ids import StationId

BODY_MOST = 4 * SIZE_MOST  # a request, with room for its line ends in JSON
CERTIFICATE = "kanban.certificate"  # in the environment: what the client has shown, DER, verified
JSON = "application/json"
PROBLEM = "application/problem+json"
PEM = "application/x-pem-file"
TRIES_A_MINUTE = 20
_TITLES = {
    200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 411: "Length Required", 413: "Content Too Large",
    415: "Unsupported Media Type", 429: "Too Many Requests", 500: "Internal Server Error",
    503: "Service Unavailable",
}  # fmt: skip

Form = TypeVar("Form", bound=Struct)
Csr = Annotated[str, Meta(max_length=SIZE_MOST)]


class JoinForm(Struct, forbid_unknown_fields=True):
    station: StationId
    code: Annotated[str, Meta(max_length=40)]
    csr: Csr


class RenewForm(Struct, forbid_unknown_fields=True):
    csr: Csr


@dataclass(frozen=True)
class Asked:
    """One request. `certificate` is what the client has shown and the listener verified."""

    method: str
    path: str
    body: bytes
    media_type: str
    address: str
    host: str
    certificate: x509.Certificate | None = None


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    media_type: str = JSON


class HttpError(HubError):
    """A request that is none of this door's."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.reason = "http"


@dataclass(frozen=True)
class Door:
    """The routes with what they need. `broker` tells a station where the broker is, by the host it has used.

    `mounts` are further applications, by the first part of their paths.
    """

    joining: Joining
    authority: Callable[[], Authority]
    broker: Callable[[str], str]
    throttle: Throttle
    mounts: Mapping[str, WSGIApplication] = field(default_factory=dict)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI application."""
        first = str(environ.get("PATH_INFO", "")).split("/")[1:2]
        if first and first[0] in self.mounts:
            return self.mounts[first[0]](environ, start_response)
        answer = self._answer(environ)
        headers = [("Content-Type", answer.media_type), ("Content-Length", str(len(answer.body)))]
        start_response(f"{answer.status} {_TITLES[answer.status]}", headers)
        return [answer.body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        try:
            asked = _asked(environ)
            return self._route(asked)(self, asked)
        except (IdentityError, HttpError) as error:
            return _problem(error.status, error.reason, str(error))
        except HubError as error:  # the database is locked or full: the station tries again
            return _problem(503, "unavailable", str(error))

    def _route(self, asked: Asked) -> "Handler":
        ways = ROUTES.get(asked.path)
        if ways is None:
            raise HttpError(404, f"here are: {', '.join(ROUTES)}")
        if asked.method not in ways:
            raise HttpError(405, f"{asked.path} takes {', '.join(ways)}")
        return ways[asked.method]

    def join(self, asked: Asked) -> Answer:
        if not self.throttle.allows(asked.address):
            raise TooOftenError
        form = _read(JoinForm, asked)
        joined = self.joining.join(form.station, form.code, form.csr, asked.address)
        return self._given(joined, asked)

    def renew(self, asked: Asked) -> Answer:
        if asked.certificate is None:
            raise CertificateNeededError
        if not self.throttle.allows(asked.address):
            raise TooOftenError
        return self._given(
            self.joining.renew(asked.certificate, _read(RenewForm, asked).csr, asked.address), asked
        )

    def tell_authority(self, asked: Asked) -> Answer:
        return Answer(200, self.authority().bundle, PEM)

    def tell_who(self, asked: Asked) -> Answer:
        if asked.certificate is None:
            raise CertificateNeededError
        return _json(200, {"station": self.joining.who(asked.certificate)})

    def _given(self, joined: Joined, asked: Asked) -> Answer:
        given = {"station": joined.station, "certificate": joined.certificate, "authority": joined.authority}
        return _json(200, given | {"broker": self.broker(asked.host)})


Handler = Callable[[Door, Asked], Answer]

ROUTES: dict[str, dict[str, Handler]] = {
    "/join": {"POST": Door.join},
    "/renew": {"POST": Door.renew},
    "/authority": {"GET": Door.tell_authority},
    "/certificate": {"GET": Door.tell_who},
}


def _asked(environ: WSGIEnvironment) -> Asked:
    der = environ.get(CERTIFICATE)
    return Asked(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", ""),
        body=_body(environ),
        media_type=str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower(),
        address=environ.get("REMOTE_ADDR", ""),
        host=environ.get("HTTP_HOST", ""),
        certificate=x509.load_der_x509_certificate(der) if der else None,
    )


def _body(environ: WSGIEnvironment) -> bytes:
    if environ["REQUEST_METHOD"] != "POST":
        return b""
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit():
        raise HttpError(411, "say how long the body is, by Content-Length")
    if int(length) > BODY_MOST:
        raise HttpError(413, f"at most {BODY_MOST} bytes are read")
    return bytes(environ["wsgi.input"].read(int(length)))


def _read(form: type[Form], asked: Asked) -> Form:
    if asked.media_type != JSON:
        raise HttpError(415, f"send {JSON}")
    try:
        return msgspec.json.decode(asked.body, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RequestError(f"the body cannot be read: {error}") from None


def _json(status: int, content: Any) -> Answer:
    return Answer(status, json.dumps(content).encode())


def _problem(status: int, reason: str, detail: str) -> Answer:
    """A problem document, RFC 9457, with a word for programs."""
    content = {"title": _TITLES[status], "status": status, "detail": detail, "reason": reason}
    return Answer(status, json.dumps(content).encode(), PROBLEM)
