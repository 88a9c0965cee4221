"""The way to the broker, step by step: name, connection, TLS. The first step that fails says why."""

import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from kanban_device.check.finding import Finding, fail
from kanban_protocol.endpoint import Endpoint

CONNECT_S = 4.0
ALERT_S = 0.5
"""TLS 1.3 refuses a client's certificate after the handshake, by an alert that has to be waited for."""
SOON = timedelta(days=14)

# OpenSSL, x509_vfy.h: why a certificate was not believed.
NOT_YET_VALID, EXPIRED, HOSTNAME_MISMATCH, IP_MISMATCH = 9, 10, 62, 64
UNKNOWN_AUTHORITY = (2, 18, 19, 20, 21)

REFUSED = {
    errno.ECONNREFUSED: (
        "nothing listens there",
        "Start the broker on that machine, and let it listen on the network (listener in mosquitto.conf)",
    ),
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


def resolve(endpoint: Endpoint) -> Finding:
    """Whether the host's name leads to an address. Blocks as long as the resolver does."""
    try:
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        remedy = "Correct the name in mqtt.url, or write the address; .local names need libnss-mdns"
        return fail("name", f"{endpoint.host} leads to no address ({_reason(error)})", remedy)
    addresses = sorted({str(row[4][0]) for row in found})
    return Finding("name", f"{endpoint.host} is {', '.join(addresses)}")


def connect(endpoint: Endpoint) -> tuple[Finding, socket.socket | None]:
    """Open the connection; with it comes the socket, which the caller closes."""
    try:
        sock = socket.create_connection((endpoint.host, endpoint.port), timeout=CONNECT_S)
    except TimeoutError:
        return fail("connection", f"{endpoint} {SILENT[0]}", SILENT[1]), None
    except OSError as error:
        text, remedy = REFUSED.get(error.errno or 0, (_reason(error), SILENT[1]))
        return fail("connection", f"{endpoint}: {text}", remedy), None
    return Finding("connection", f"{endpoint} answers"), sock


def handshake(endpoint: Endpoint, sock: socket.socket, now: datetime) -> Iterator[Finding]:
    """Speak TLS as the station would. `now` is UTC, for the certificate's days."""
    try:
        context = _context(endpoint)
    except (OSError, ValueError) as error:
        yield fail("tls", f"the files do not fit: {_reason(error)}", "Join the station again")
        return
    try:
        with context.wrap_socket(sock, server_hostname=endpoint.host) as tls:
            yield _server(tls, now)
            yield from _client(tls)
    except ssl.SSLCertVerificationError as error:
        yield fail(
            "tls", f"the broker's certificate: {error.verify_message}", _distrust(error, endpoint, now)
        )
    except OSError as error:  # also ssl.SSLError
        yield fail("tls", f"no TLS with {endpoint}: {_reason(error)}", _no_tls(endpoint))


def _context(endpoint: Endpoint) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=endpoint.ca)
    if endpoint.certificate is not None:
        context.load_cert_chain(endpoint.certificate, endpoint.key)
    return context


def _server(tls: ssl.SSLSocket, now: datetime) -> Finding:
    ends = str((tls.getpeercert() or {}).get("notAfter", ""))
    text = f"{tls.version()}; the broker's certificate is believed"
    if not ends:
        return Finding("tls", text)
    left = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - now
    if left < SOON:
        remedy = "Have it renewed at the hub before then: stations cannot connect afterwards"
        return Finding("tls", f"{text}, for {left.days} more days only", remedy)
    return Finding("tls", f"{text}, for {left.days} more days")


def _client(tls: ssl.SSLSocket) -> Iterator[Finding]:
    tls.settimeout(ALERT_S)
    try:
        with suppress(TimeoutError):  # silence is consent: a broker says nothing before CONNECT
            if tls.recv(1) == b"":
                yield fail("tls", "the broker hung up", "Look at the broker's log")
    except (ssl.SSLError, ConnectionError) as error:
        remedy = (
            "Join the station again: its certificate is missing, of another authority, expired or revoked"
        )
        yield fail("tls", f"the broker refuses this station's certificate: {_reason(error)}", remedy)


def _distrust(error: ssl.SSLCertVerificationError, endpoint: Endpoint, now: datetime) -> str:
    code = error.verify_code
    if code == NOT_YET_VALID:
        return f"This station's clock says {now:%Y-%m-%d %H:%M} UTC: set it right first"
    if code == EXPIRED:
        return f"Have it renewed at the hub, unless the clock here is wrong: it says {now:%Y-%m-%d %H:%M} UTC"
    if code in (HOSTNAME_MISMATCH, IP_MISMATCH):
        return f"Write the name that stands in the certificate into mqtt.url, instead of {endpoint.host}"
    if code in UNKNOWN_AUTHORITY:
        return (
            "mqtt.ca is not the authority of this broker: is it another hub, or a new authority? Join again"
        )
    return "Look at the broker's certificate: openssl s_client -connect HOST:PORT -showcerts"


def _no_tls(endpoint: Endpoint) -> str:
    return f"Does the broker speak TLS on port {endpoint.port}? mqtts:// is usually on 8883, mqtt:// on 1883"


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower().replace("_", " ")
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
