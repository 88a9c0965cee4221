"""The key of a station and the request for its certificate. Only the commands join and renew load this."""

from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kanban_device.joining.doorway import certificates
from kanban_device.joining.errors import AnswerError
from kanban_device.joining.identity import CERTIFICATE, FACTS, KEY, TRUSTED, Facts


@dataclass(frozen=True)
class Request:
    """`key` never leaves the station; `text` is what the hub gets, PEM."""

    station: str
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def of(cls, station: str, pem: bytes | None = None) -> "Request":
        """With the key `pem`, or a fresh one where that is none."""
        try:
            key = serialization.load_pem_private_key(pem, None) if pem else None
        except ValueError:
            key = None
        return cls(station, key if isinstance(key, ec.EllipticCurvePrivateKey) else _fresh())

    @property
    def pem(self) -> bytes:
        form = serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())

    @property
    def text(self) -> str:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.station)])
        made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(self.key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.PEM).decode()

    def answered(self, answer: Any, url: str) -> dict[str, bytes]:
        """The files of the pair that `answer` makes with the key. Raises `AnswerError`."""
        try:
            given, authority = str(answer["certificate"]), str(answer["authority"])
            certificate = x509.load_pem_x509_certificate(given.encode())
            self._check(certificate, authority)
            broker = str(answer["broker"])
        except (KeyError, ValueError, TypeError) as error:
            raise AnswerError(url, str(error) or type(error).__name__) from None
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        facts = Facts(self.station, url, broker, int(begins.timestamp()), int(ends.timestamp()))
        return {
            KEY: self.pem,
            CERTIFICATE: given.encode(),
            TRUSTED: authority.encode(),
            FACTS: msgspec.json.encode(facts),
        }

    def _check(self, certificate: x509.Certificate, authority: str) -> None:
        """Raise `ValueError` for what would not let this station in."""
        if certificate.public_key() != self.key.public_key():
            raise ValueError("the certificate is of another key")
        if certificate.subject.rfc4514_string() != f"CN={self.station}":
            raise ValueError(f"the certificate is for {certificate.subject.rfc4514_string()}")
        signers = [x509.load_pem_x509_certificate(one.encode()) for one in certificates(authority)]
        if not any(_has_signed(one, certificate) for one in signers):
            raise ValueError("the certificate is signed by nobody that it came with")


def _fresh() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _has_signed(signer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(signer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
