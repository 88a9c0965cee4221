"""The station's own certificate: whose it says it is, and until when. Needs the library `cryptography`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kanban_device.check.finding import Finding, fail
from kanban_device.check.scene import Scene

RENEWED_DAYS = 14
"""A station renews at two thirds of its certificate's life; so close to the end it has failed for weeks."""
JOIN = "Join the station: kanban-station join, with a new code from the hub (device/README.md, Join)"


def look(scene: Scene, now: datetime) -> Iterator[Finding]:
    """`now` is UTC."""
    broker = scene.config.endpoint
    named = broker.certificate
    if named is None:
        if broker.tls and broker.username is None:
            yield Finding("certificate", "this station has not joined: it has none to show", JOIN)
        return
    path = Path(named)
    try:
        from cryptography import x509  # noqa: PLC0415 large, and a station without certificates has none
    except ImportError:
        yield Finding("certificate", "not read", "pip install cryptography, to have it looked at")
        return
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except OSError:
        return  # told with its file
    except ValueError as error:
        yield fail("certificate", f"{path} is no certificate: {error}", JOIN)
        return
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    yield from _name([str(name.value) for name in names], scene.config.station.id)
    yield _days(certificate.not_valid_before_utc, certificate.not_valid_after_utc, now)


def _name(names: list[str], station: str) -> Iterator[Finding]:
    if names != [station]:
        text = f"was made for {', '.join(names) or 'nobody'}, and this is station {station}"
        yield fail(
            "certificate",
            text,
            f"Correct station.id, or join as {station}: the broker goes by the certificate",
        )


def _days(begins: datetime, ends: datetime, now: datetime) -> Finding:
    if now < begins:
        return fail(
            "certificate", f"is valid from {begins:%Y-%m-%d}", "Set the clock right: it is earlier here"
        )
    if now > ends:
        return fail("certificate", f"has expired on {ends:%Y-%m-%d}", JOIN)
    left = (ends - now).days
    if left < RENEWED_DAYS:
        remedy = "Renewal has failed for a while: systemctl status kanban-station-renew.timer"
        return Finding("certificate", f"is valid for {left} more days only", remedy)
    return Finding("certificate", f"is valid for {left} more days")
