"""The hub's door as a station speaks to it: HTTP over TLS, by the standard library."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from kanban_device.joining.errors import (
    AnswerError,
    HubAwayError,
    NoHubError,
    RefusedError,
    UntrustedHubError,
)
from kanban_device.joining.identity import Pair

TIMEOUT_S = 20.0
ANSWER_MOST = 65_536
PORT = 8_443
_END = "-----END CERTIFICATE-----"
_CLOCK = "is this Pi's clock right?"


@dataclass(frozen=True)
class Doorway:
    """The door at `url`. `trusted` are the authorities that it must be of, PEM; `pair` is what is shown."""

    url: str
    trusted: str
    pair: Pair | None = None

    def get(self, path: str) -> Any:
        """Raises a `JoinError`."""
        return _object(self.url, _asked(self.url, self._context(), "GET", path))

    def post(self, path: str, form: Mapping[str, str]) -> Any:
        """Raises a `JoinError`."""
        return _object(self.url, _asked(self.url, self._context(), "POST", path, json.dumps(form).encode()))

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cadata=self.trusted)
        if self.pair is not None:
            context.load_cert_chain(self.pair.certificate, self.pair.key)
        return context


def pinned(url: str, fingerprint: str) -> str:
    """The authority whose SHA-256 is `fingerprint`, as the door at `url` tells it; PEM.

    The door is not believed before: only what has this fingerprint is, and the code is sent only to a door
    that this authority has signed for. Raises a `JoinError`.
    """
    wanted = fingerprint.replace(":", "").replace(" ", "").lower()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    told = _asked(url, context, "GET", "/authority").decode("ascii", "replace")
    found = {digest(one): one for one in certificates(told)}
    if wanted not in found:
        seen = ", ".join(found) or "none"
        text = f"its authority is {seen} and not {wanted}; is this the right hub, and the whole fingerprint?"
        raise UntrustedHubError(url, text)
    return found[wanted]


def certificates(pem: str) -> list[str]:
    """Each certificate of `pem`."""
    return [f"{part.strip()}\n{_END}\n" for part in pem.split(_END) if "-----BEGIN CERTIFICATE-----" in part]


def digest(pem: str) -> str:
    """SHA-256 of one certificate; empty for what is none."""
    try:
        return sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    except ValueError:
        return ""


def _asked(url: str, context: ssl.SSLContext, method: str, path: str, body: bytes | None = None) -> bytes:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise NoHubError
    connection = HTTPSConnection(parts.hostname, parts.port or PORT, timeout=TIMEOUT_S, context=context)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        content = answer.read(ANSWER_MOST)
    except ssl.SSLCertVerificationError as error:
        raise UntrustedHubError(url, f"{error.verify_message} ({_CLOCK})") from None
    except (OSError, HTTPException) as error:
        raise HubAwayError(
            url, getattr(error, "strerror", None) or str(error) or type(error).__name__
        ) from None
    finally:
        connection.close()
    if answer.status != 200:  # noqa: PLR2004  # OK
        problem = _object(url, content)
        raise RefusedError(
            str(problem.get("reason", answer.status)), str(problem.get("detail", answer.reason))
        )
    return content


def _object(url: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise AnswerError(url, "this is no hub's door")
    return found
