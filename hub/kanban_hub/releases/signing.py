"""The key that releases are signed with: Ed25519 (RFC 8032), as PEM files that openssl reads too."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from kanban_hub.releases.errors import KeyFileError

PRIVATE, PUBLIC = "release.key", "release.pub"


def make_key(folder: Path, passphrase: str | None) -> tuple[Path, Path]:
    """Make `release.key`, for this user alone, and `release.pub` in `folder`.

    Raises `KeyFileError` where a key stands already: with it every station's trust would be lost.
    """
    folder.mkdir(parents=True, exist_ok=True)
    private, public = folder / PRIVATE, folder / PUBLIC
    for path in (private, public):
        if path.exists():
            raise KeyFileError(path, "is there already; name another folder, or move it away")
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    _write(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock), 0o600)
    shown = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write(public, shown, 0o644)
    return private, public


def is_locked(path: Path) -> bool:
    """Whether the private key at `path` asks for its passphrase."""
    return b"ENCRYPTED" in path.read_bytes()


def private_key(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """The key at `path`. Raises `KeyFileError` for what is none, or is readable by others."""
    if path.stat().st_mode & 0o077:
        raise KeyFileError(path, "others may read it; type: chmod 600, and think about who has read it")
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() if passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFileError(path, "no private key in PEM form, or another passphrase") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(path, "no Ed25519 key; `kanban-hub release key` makes one")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The key at `path`. Raises `KeyFileError` for what is none."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm):
        raise KeyFileError(path, "no public key in PEM form") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(path, "no Ed25519 key; `kanban-hub release key` makes one")
    return key


def is_signed(payload: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, payload)
    except InvalidSignature:
        return False
    return True


def _write(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
