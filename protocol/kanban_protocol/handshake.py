"""Whether a broker would let a certificate in, found out without a session: who is live stays live."""

import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum

from kanban_protocol.endpoint import Endpoint

TIMEOUT_S = 5.0
# With TLS 1.3 the client's handshake is over before the broker has looked at its certificate: the broker's
# word against it comes after. What is sent before that word was read may destroy it (RFC 1122 §4.2.2.13).
WORD_WITHIN_S = 0.5
# MQTT 3.1.1 §3.14. As the first packet it is against the rules (§3.1.0-1): a broker that has nothing against
# the certificate ends the connection, and nobody's client id was said.
_DISCONNECT = b"\xe0\x00"


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Tried:
    """`detail` is for people, empty when all is well."""

    verdict: Verdict
    detail: str = ""


def tried(endpoint: Endpoint, timeout_s: float = TIMEOUT_S) -> Tried:
    """Ask the broker at `endpoint`, which is one of TLS, with its certificate. Takes `timeout_s` at most."""
    try:
        context = ssl.create_default_context(cafile=endpoint.ca)
        if endpoint.certificate is not None:
            context.load_cert_chain(endpoint.certificate, endpoint.key)
        with socket.create_connection((endpoint.host, endpoint.port), timeout_s) as plain:
            return _asked(context, plain, endpoint.host)
    except ssl.SSLError as error:
        return Tried(_verdict(error), error.reason or str(error))
    except OSError as error:
        return Tried(Verdict.UNREACHABLE, error.strerror or str(error))


def _asked(context: ssl.SSLContext, plain: socket.socket, host: str) -> Tried:
    with context.wrap_socket(plain, server_hostname=host) as secure:
        timeout_s = secure.gettimeout()
        secure.settimeout(WORD_WITHIN_S)
        try:
            secure.recv(1)
        except TimeoutError:  # no word against it
            secure.settimeout(timeout_s)
            return _ended(secure)
    return Tried(Verdict.UNREACHABLE, "the broker ended the connection without a word")


def _ended(secure: ssl.SSLSocket) -> Tried:
    try:
        secure.sendall(_DISCONNECT)
        secure.recv(1)
    except (
        ConnectionError,
        ssl.SSLEOFError,
        TimeoutError,
    ):  # against the packet, not against the certificate
        return Tried(Verdict.ACCEPTED)
    return Tried(Verdict.ACCEPTED)


def _verdict(error: ssl.SSLError) -> Verdict:
    return Verdict.REVOKED if "CERTIFICATE_REVOKED" in (error.reason or "") else Verdict.REFUSED
