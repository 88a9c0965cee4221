"""Requests of stations: one sound key, and nothing else."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from kanban_hub.identity import request
from kanban_hub.identity.errors import RequestError
from tests.hub.identity.desk import asked

PEM = asked()


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate(), rsa_key(2048)],
    ids=type,
)
def test_the_usual_kinds_of_keys_are_taken(key: object) -> None:
    assert len(request.read(asked("paint", key), "paint").digest) == 64


def test_a_request_without_a_name_is_taken_and_one_key_has_one_digest() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert request.read(asked(None, key), "paint").digest == request.read(asked("paint", key), "paint").digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no certificate request"),
        ("nonsense", "no certificate request"),
        (PEM * 40, "at most 8192"),
        (PEM.replace("CERTIFICATE REQUEST", "CERTIFICATE"), "no certificate request"),
        ("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "no certificate"),
        (asked("press"), "names 'press'"),
        (asked("hub"), "names 'hub'"),
        (asked("paint", ec.generate_private_key(ec.SECP256K1())), "secp256k1"),
        (asked("paint", rsa_key(1024)), "1024 bits"),
        (asked("paint", None, x509.SubjectAlternativeName([x509.DNSName("hub.lan")])), "extensions"),
        (asked("paint", None, x509.BasicConstraints(ca=True, path_length=None)), "extensions"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        request.read(text, "paint")


def test_a_key_of_another_kind_is_refused() -> None:
    key = dsa.generate_private_key(1024)  # noqa: S505  # it is to be refused
    made = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    with pytest.raises(RequestError, match="DSA"):
        request.read(made.public_bytes(serialization.Encoding.PEM).decode(), "paint")


def test_a_request_signed_by_another_key_is_refused() -> None:
    lines = PEM.splitlines()
    body = "".join(lines[1:-1])
    spoilt = body[:-8] + ("AAAA" if body[-8:-4] != "AAAA" else "BBBB") + body[-4:]
    with pytest.raises(RequestError):
        request.read(
            "\n".join([lines[0], *[spoilt[i : i + 64] for i in range(0, len(spoilt), 64)], lines[-1]]),
            "paint",
        )
