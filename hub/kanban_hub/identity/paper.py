"""Certificates as X.509 has them: what each kind may do, and how long it lives.

The extensions follow RFC 5280 §4.2 to the letter, because Python 3.13 verifies with VERIFY_X509_STRICT.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY_MS = 86_400_000
AUTHORITY_DAYS = 20 * 365
STATION_DAYS = 90
# Of the hub's own listeners and of the broker; the hub writes them anew long before.
SERVER_DAYS = 397
# A Pi without a battery starts with the time of its last shutdown: a fresh certificate must be good for it.
EARLIER = timedelta(days=1)


@dataclass(frozen=True)
class Signer:
    """An authority that signs: its key and its own certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def fresh_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def name_of(certificate: x509.Certificate) -> str:
    """Who a certificate says somebody is."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def moment(now_ms: int) -> datetime:
    """Whole seconds: X.509 has no smaller ones."""
    return datetime.fromtimestamp(now_ms // 1000, UTC)


def fresh_authority(now_ms: int) -> Signer:
    """An authority that signs what stations, hub and broker show, and no other authority."""
    key = fresh_key()
    serial = x509.random_serial_number()
    name = _name(f"Kanban authority {serial:040x}"[:32])
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(moment(now_ms) - EARLIER)
        .not_valid_after(moment(now_ms) + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .add_extension(key_id, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Signer(key, made)


def client(
    by: Signer, name: str, public_key: CertificatePublicKeyTypes, span_ms: tuple[int, int]
) -> x509.Certificate:
    """What a station, or the hub as the broker's client, shows: `name` and nothing else is said of it.

    `span_ms` is from when to when it is good.
    """
    builder = _leaf(by, name, public_key, span_ms)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    return builder.add_extension(usage, critical=False).sign(by.key, hashes.SHA256())


def server(
    by: Signer, names: Iterable[str], public_key: CertificatePublicKeyTypes, span_ms: tuple[int, int]
) -> x509.Certificate:
    """What a listener shows under host names and addresses. It lets nobody in as a client."""
    alternatives = [_alternative(name) for name in dict.fromkeys(names)]
    builder = _leaf(by, "kanban server", public_key, span_ms)
    return (
        builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(by.key, hashes.SHA256())
    )


def revocations(by: Signer, serials: Iterable[int], number: int, now_ms: int) -> bytes:
    """The list of revoked certificates, PEM.

    OpenSSL refuses everybody once a list's next update is past, and nobody renews a list of a hub that is
    off: it is good as long as the authority.
    """
    now = moment(now_ms)
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
    builder = builder.last_update(now - EARLIER).next_update(by.certificate.not_valid_after_utc)
    for serial in sorted(set(serials)):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now - EARLIER)
        builder = builder.add_revoked_certificate(entry.build())
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    builder = builder.add_extension(_issuer_id(by), critical=False)
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _leaf(
    by: Signer, name: str, public_key: CertificatePublicKeyTypes, span_ms: tuple[int, int]
) -> x509.CertificateBuilder:
    begins, ends = (moment(at_ms) for at_ms in span_ms)
    key_id = x509.SubjectKeyIdentifier.from_public_key(public_key)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(by.certificate.subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins - EARLIER)
        .not_valid_after(min(ends, by.certificate.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(key_id, critical=False)
        .add_extension(_issuer_id(by), critical=False)
    )


def _issuer_id(by: Signer) -> x509.AuthorityKeyIdentifier:
    found = by.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(found.value)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
