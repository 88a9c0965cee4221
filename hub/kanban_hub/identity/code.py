"""The text of a one-time code, and what is kept of it."""

import hashlib
import hmac
import secrets

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32, RFC 4648: 0 and 1 are never O and I
SIGNS = 10
_HALF = SIGNS // 2
# Read aloud and typed by hand: what is not in the alphabet can only be meant as these.
_MEANT = str.maketrans("018", "OIB", " -\t")
# A code is 50 random bits that live for minutes and may be tried five times: N=2^14, r=8 (16 MiB, 40 ms) is
# enough against somebody who has read the database, RFC 7914 §2.
_N, _R, _P = 2**14, 8, 1
_SALT_BYTES = 16


def fresh() -> str:
    """A new code as people read it: two halves of five signs."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def plain(text: str) -> str:
    """The signs of a code however it was typed; empty for what cannot be one."""
    signs = text.upper().translate(_MEANT)
    return signs if len(signs) == SIGNS and set(signs) <= set(ALPHABET) else ""


def digest(text: str) -> str:
    """What is kept of a code: its salt and its scrypt hash."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{salt.hex()}${_hash(plain(text), salt)}"


def fits(text: str, known: str) -> bool:
    """Compares in constant time."""
    salt, _, hashed = known.partition("$")
    return hmac.compare_digest(_hash(plain(text), bytes.fromhex(salt)), hashed)


def _hash(signs: str, salt: bytes) -> str:
    return hashlib.scrypt(signs.encode(), salt=salt, n=_N, r=_R, p=_P).hex()
