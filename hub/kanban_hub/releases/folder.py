"""A release as a folder: written, signed, and looked through before anybody takes it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kanban_hub.releases.errors import FaultyReleaseError
from kanban_hub.releases.signing import is_signed
from kanban_hub.releases.wheel import described
from kanban_protocol import release
from kanban_protocol.errors import ProtocolError
from kanban_protocol.release import Manifest


def write_manifest(
    folder: Path, number: int, version: str, minimum: int, life: tuple[datetime, int]
) -> Manifest:
    """Name every wheel in `folder`. `life` is when the release is made and its days until it expires.

    Raises `FaultyReleaseError`.
    """
    made_at, days = life
    try:
        manifest = Manifest(
            v=1,
            number=number,
            version=version,
            made_at=made_at,
            expires_at=made_at + timedelta(days=days),
            minimum=minimum,
            files=[described(path) for path in sorted(folder.glob("*.whl"))],
        )
        (folder / release.MANIFEST).write_bytes(manifest.encode())
    except ProtocolError as error:
        raise FaultyReleaseError(folder, [str(error)]) from None
    (folder / release.SIGNATURE).unlink(missing_ok=True)
    return manifest


def sign(folder: Path, key: Ed25519PrivateKey) -> Manifest:
    """Put `manifest.sig` beside the manifest. Raises `FaultyReleaseError` for what must not be signed."""
    try:
        payload = (folder / release.MANIFEST).read_bytes()
        manifest = Manifest.decode(payload)
    except (OSError, ProtocolError) as error:
        raise FaultyReleaseError(folder, [f"{release.MANIFEST}: {error}"]) from None
    _check(folder, manifest, {release.MANIFEST, release.SIGNATURE})
    (folder / release.SIGNATURE).write_bytes(key.sign(payload))
    return manifest


def checked(folder: Path, key: Ed25519PublicKey) -> Manifest:
    """The manifest of a whole release, signed by `key`. Raises `FaultyReleaseError` with every fault."""
    try:
        payload, signature = release.read_manifest(folder)
        if not is_signed(payload, signature, key):
            raise FaultyReleaseError(folder, ["is not signed by this key"])
        manifest = Manifest.decode(payload)
    except (OSError, ProtocolError) as error:
        raise FaultyReleaseError(folder, [str(error)]) from None
    _check(folder, manifest, {release.MANIFEST, release.SIGNATURE})
    return manifest


def _check(folder: Path, manifest: Manifest, also: Iterable[str]) -> None:
    known = {file.name for file in manifest.files} | set(also)
    strange = sorted(path.name for path in folder.iterdir() if path.name not in known)
    faults = release.faults(folder, manifest.files)
    faults += [f"{name}: is not of the release" for name in strange]
    if faults:
        raise FaultyReleaseError(folder, faults)
