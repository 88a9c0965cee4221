"""Who has signed a release. Only here is `cryptography` imported: never by the process of the station."""

import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kanban_device.update.errors import UntrustedError
from kanban_protocol.errors import ProtocolError
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import Manifest

MAX_KEYS_BYTES = 16_384
_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


def load_keys(path: Path) -> list[Ed25519PublicKey]:
    """The keys that this station trusts, one after the other in PEM form. Raises `UntrustedError`."""
    try:
        blocks = _PEM.findall(path.read_bytes()[:MAX_KEYS_BYTES])
        keys = [load_pem_public_key(block) for block in blocks]
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise UntrustedError(UpdateFault.UNSIGNED, f"{path}: {error}") from error
    found = [key for key in keys if isinstance(key, Ed25519PublicKey)]
    if not found or len(found) != len(keys):
        text = f"{path}: no public key of Ed25519 in PEM form; take the hub's release.pub"
        raise UntrustedError(UpdateFault.UNSIGNED, text)
    return found


def signed(payload: bytes, signature: bytes, keys: list[Ed25519PublicKey]) -> Manifest:
    """The manifest in `payload`, read only after one of `keys` has signed it. Raises `UntrustedError`."""
    if not any(_is_signed(payload, signature, key) for key in keys):
        raise UntrustedError(UpdateFault.UNSIGNED, "the manifest is not signed by a key of this station")
    try:
        return Manifest.decode(payload)
    except ProtocolError as error:
        raise UntrustedError(UpdateFault.DAMAGED, f"the manifest: {error}") from error


def _is_signed(payload: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, payload)
    except InvalidSignature:
        return False
    return True
