"""The way to another machine, step by step: name, connection, TLS. The first step that fails says why."""

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from kanban_device.check.finding import Finding, fail

CONNECT_S = 4.0
ALERT_S = 0.5
"""TLS 1.3 refuses a client's certificate after the handshake, by an alert that has to be waited for."""
SOON = timedelta(days=14)
PORTS = {"mqtt": 1883, "mqtts": 8883, "http": 80, "https": 443}

# OpenSSL, x509_vfy.h: why a certificate was not believed.
NOT_YET_VALID, EXPIRED, HOSTNAME_MISMATCH, IP_MISMATCH = 9, 10, 62, 64
UNKNOWN_AUTHORITY = (2, 18, 19, 20, 21)

UNREACHED = {
    errno.EHOSTUNREACH: ("no way leads to that machine", "Is it switched on, and in the same network?"),
    errno.ENETUNREACH: (
        "this machine has no network",
        "Plug in the cable, or mend the Wi-Fi: nmcli device status",
    ),
}
SILENT = (
    "does not answer",
    "Is the machine switched on? Does a firewall on the way drop this port, or has the network a guest zone?",
)


@dataclass(frozen=True)
class Target:
    """A machine to be reached. `part` is its name here, `start` what to do where nothing listens on it."""

    part: str
    url: str
    start: str
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or PORTS.get(parts.scheme, 0)

    @property
    def tls(self) -> bool:
        return urlsplit(self.url).scheme in ("https", "mqtts")


def reach(target: Target, now: datetime) -> Iterator[Finding]:
    """Every step up to the first that fails. `now` is UTC, for the days of certificates."""
    found = resolve(target)
    yield found
    if found.is_bad:
        return
    found, sock = connect(target)
    yield found
    if sock is not None:
        with sock:
            yield from handshake(target, sock, now) if target.tls else ()


def resolve(target: Target) -> Finding:
    """Whether the host's name leads to an address. Blocks as long as the resolver does."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        remedy = f"Correct the name in {target.url}, or write the address; .local names need libnss-mdns"
        return fail(target.part, f"{target.host} leads to no address ({_reason(error)})", remedy)
    addresses = sorted({str(row[4][0]) for row in found})
    return Finding(target.part, f"{target.host} is {', '.join(addresses)}")


def connect(target: Target) -> tuple[Finding, socket.socket | None]:
    """Open the connection; with it comes the socket, which the caller closes."""
    try:
        sock = socket.create_connection((target.host, target.port), timeout=CONNECT_S)
    except TimeoutError:
        return fail(target.part, f"{target.url} {SILENT[0]}", SILENT[1]), None
    except ConnectionRefusedError:
        return fail(target.part, f"{target.url}: nothing listens there", target.start), None
    except OSError as error:
        text, remedy = UNREACHED.get(error.errno or 0, (_reason(error), SILENT[1]))
        return fail(target.part, f"{target.url}: {text}", remedy), None
    return Finding(target.part, f"{target.url} answers"), sock


def handshake(target: Target, sock: socket.socket, now: datetime) -> Iterator[Finding]:
    """Speak TLS as the station would."""
    try:
        context = _context(target)
    except (OSError, ValueError) as error:
        yield fail(target.part, f"the files for TLS do not fit: {_reason(error)}", "Join the station again")
        return
    try:
        with context.wrap_socket(sock, server_hostname=target.host) as tls:
            yield _server(target, tls, now)
            yield from _client(target, tls)
    except ssl.SSLCertVerificationError as error:
        text = f"its certificate is not believed: {error.verify_message}"
        yield fail(target.part, text, _distrust(error, target, now))
    except OSError as error:  # also ssl.SSLError
        remedy = f"Does it speak TLS on port {target.port}? mqtts:// is usually on 8883, mqtt:// on 1883"
        yield fail(target.part, f"no TLS with {target.url}: {_reason(error)}", remedy)


def _context(target: Target) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=target.ca)
    if target.certificate is not None:
        context.load_cert_chain(target.certificate, target.key)
    return context


def _server(target: Target, tls: ssl.SSLSocket, now: datetime) -> Finding:
    ends = str((tls.getpeercert() or {}).get("notAfter", ""))
    text = f"{tls.version()}; its certificate is believed"
    if not ends:
        return Finding(target.part, text)
    left = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - now
    if left < SOON:
        remedy = "Have it renewed at the hub before then: stations cannot connect afterwards"
        return Finding(target.part, f"{text}, for {left.days} more days only", remedy)
    return Finding(target.part, f"{text}, for {left.days} more days")


def _client(target: Target, tls: ssl.SSLSocket) -> Iterator[Finding]:
    tls.settimeout(ALERT_S)
    try:
        with suppress(TimeoutError):  # silence is consent: a server says nothing before it is asked
            if tls.recv(1) == b"":
                yield fail(target.part, "hung up after the handshake", "Look at its log")
    except (ssl.SSLError, ConnectionError) as error:
        remedy = (
            "Join the station again: its certificate is missing, of another authority, expired or revoked"
        )
        yield fail(target.part, f"it refuses this station's certificate: {_reason(error)}", remedy)


def _distrust(error: ssl.SSLCertVerificationError, target: Target, now: datetime) -> str:
    code = error.verify_code
    if code == NOT_YET_VALID:
        return f"This station's clock says {now:%Y-%m-%d %H:%M} UTC: set it right first"
    if code == EXPIRED:
        return f"Have it renewed at the hub, unless the clock here is wrong: it says {now:%Y-%m-%d %H:%M} UTC"
    if code in (HOSTNAME_MISMATCH, IP_MISMATCH):
        return f"Write the name that stands in the certificate into the URL, instead of {target.host}"
    if code in UNKNOWN_AUTHORITY and target.ca is None:
        return "No authority of a hub is known here yet: join the station, or name its file as ca"
    if code in UNKNOWN_AUTHORITY:
        return f"{target.ca} is not its authority: is it another hub, or a new authority? Join again"
    return "Look at its certificate: openssl s_client -connect HOST:PORT -showcerts"


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower().replace("_", " ")
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
