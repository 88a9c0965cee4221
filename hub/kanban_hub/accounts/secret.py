"""Secrets that a browser bears and the hub keeps only as hashes."""

import hashlib
import hmac
import secrets

BYTES = 32
_FORM = b"form"


def fresh() -> str:
    """256 random bits, as text for addresses and cookies."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of `secret`. So random a text needs no slow hash and no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_token(session: str) -> str:
    """What the forms of a page bear that was made for the session, or the station's link, `session`.

    Made from the secret of the session itself, which no other site can read: there is nothing to store, and
    it ends with the session.
    """
    return hmac.new(session.encode(), _FORM, hashlib.sha256).hexdigest()


def is_same(sent: str, expected: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(sent.encode(), expected.encode())
