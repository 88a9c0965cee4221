"""A certificate request as a station sends it: only its key is believed, and only a sound one."""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import NameOID

from kanban_hub.identity.errors import RequestError

SIZE_MOST = 8_192  # one with a key of RSA 4096 has 1,700
RSA_LEAST_BITS, RSA_MOST_BITS = 2_048, 4_096
_CURVES = (ec.SECP256R1, ec.SECP384R1)
_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_HINT = "make the request with `kanban-station join`"


@dataclass(frozen=True)
class KeyRequest:
    """The public key that asks for a certificate, and its SHA-256."""

    key: CertificatePublicKeyTypes
    digest: str


def read(text: str, station: str) -> KeyRequest:
    """The key of the request `text`, PEM, that `station` has sent. Raises `RequestError`.

    Who it is comes from the hub's record. A request that asks for more, or for another name, is refused
    instead of half fulfilled: somebody means something else than what would be done.
    """
    if len(text) > SIZE_MOST:
        raise RequestError(f"the request has {len(text)} bytes, at most {SIZE_MOST} are read: {_HINT}")
    try:
        request = x509.load_pem_x509_csr(text.encode())
        key = request.public_key()
        _check_key(key)
        _check_name(request, station)
        if len(request.extensions):
            raise RequestError(f"the request asks for extensions, which no station gets: {_HINT}")
        if not isinstance(key, ed25519.Ed25519PublicKey):
            _check_hash(request)
        is_own = request.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature) as error:
        raise RequestError(f"this is no certificate request in PEM ({_said(error)}): {_HINT}") from None
    if not is_own:
        raise RequestError(f"the request is not signed by its own key: {_HINT}")
    return KeyRequest(key, key_digest(key))


def key_digest(key: CertificatePublicKeyTypes) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(key.public_bytes(serialization.Encoding.DER, form)).hexdigest()


def _check_key(key: CertificatePublicKeyTypes) -> None:
    """Before any signature is computed: that of a key of 16,384 bits would take long."""
    match key:
        case rsa.RSAPublicKey() if RSA_LEAST_BITS <= key.key_size <= RSA_MOST_BITS:
            return
        case rsa.RSAPublicKey():
            text = f"an RSA key of {key.key_size} bits: {RSA_LEAST_BITS} to {RSA_MOST_BITS} are taken"
        case ec.EllipticCurvePublicKey() if isinstance(key.curve, _CURVES):
            return
        case ec.EllipticCurvePublicKey():
            text = f"a key of the curve {key.curve.name}: P-256 and P-384 are taken"
        case ed25519.Ed25519PublicKey():
            return
        case _:
            text = f"a key of the kind {type(key).__name__}: P-256, Ed25519 and RSA are taken"
    raise RequestError(f"the request has {text}; {_HINT}")


def _check_name(request: x509.CertificateSigningRequest, station: str) -> None:
    names = [attribute.value for attribute in request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if any(name != station for name in names):
        raise RequestError(
            f"the request names {str(names[0])[:40]!r}, but comes from station {station}: {_HINT}"
        )


def _check_hash(request: x509.CertificateSigningRequest) -> None:
    used = request.signature_hash_algorithm
    if not isinstance(used, _HASHES):
        name = used.name if used is not None else "none"
        raise RequestError(f"the request is signed with {name}: SHA-256, 384 and 512 are taken; {_HINT}")


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:80]
