"""A release of the station's program: wheels in one folder, with a manifest and its signature beside them.

`manifest.json` names every wheel with its hash, `manifest.sig` is the Ed25519 signature (RFC 8032) over the
exact bytes of it, 64 raw bytes. Who makes and who checks signatures has a module of its own for it.
"""

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Self

import msgspec
from msgspec import Meta, Struct

from kanban_protocol import codec
from kanban_protocol.errors import WrongValueError
from kanban_protocol.ids import END
from kanban_protocol.messages import ReleaseNumber, Version

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
SIGNATURE_BYTES: Final = 64
MAX_MANIFEST_BYTES: Final = 65_536
MAX_FILES: Final = 64
MAX_FILE_BYTES: Final = 64 * 1024**2
MAX_RELEASE_BYTES: Final = 256 * 1024**2
MAX_NUMBER: Final = 2**31 - 1

# No path and no option: the first sign is a letter or a digit.
FILE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,123}\.whl" + END
Moment = Annotated[datetime, Meta(tz=True)]


class ReleaseFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wheel. `python` is `py3` for every one, `cp311` for that one, `cp311+` for it and all later."""

    name: Annotated[str, Meta(pattern=FILE_NAME)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}" + END)]
    size_bytes: Annotated[int, Meta(ge=1, le=MAX_FILE_BYTES)]
    python: Annotated[str, Meta(pattern=r"^(py3|cp3[0-9]{1,2}\+?)" + END)]
    machine: Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,16}" + END, description="`any`, or as `uname -m`.")]

    def fits(self, python: tuple[int, int], machine: str) -> bool:
        """Whether a CPython of the version `python` on a machine named by `uname -m` can install it."""
        if self.machine not in ("any", machine):
            return False
        if self.python == "py3":
            return True
        wanted = int(self.python[3:].rstrip("+"))
        return python[1] == wanted or (self.python.endswith("+") and python[1] > wanted)


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a release is. Only a station that runs `minimum` or a later one may step to it."""

    v: Version
    number: ReleaseNumber
    version: Annotated[str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}" + END)]
    made_at: Moment
    expires_at: Moment
    minimum: Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
    files: Annotated[list[ReleaseFile], Meta(min_length=1, max_length=MAX_FILES)]

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """The manifest in `payload`. Raises a `ProtocolError` of the kind that names the fault."""
        found: Self = codec.decode(cls, payload, MAX_MANIFEST_BYTES)
        found._check()
        return found

    def encode(self) -> bytes:
        """The bytes to be signed. Raises a `ProtocolError` when no station would take them."""
        payload = msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"
        self.decode(payload)
        return payload

    def fitting(self, python: tuple[int, int], machine: str) -> list[ReleaseFile]:
        """The wheels for one machine."""
        return [file for file in self.files if file.fits(python, machine)]

    def _check(self) -> None:
        names = [file.name.lower() for file in self.files]  # lower: a boot partition knows no cases
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise WrongValueError(f"the file {twice} stands twice")
        if (size := sum(file.size_bytes for file in self.files)) > MAX_RELEASE_BYTES:
            raise WrongValueError(f"{size} bytes of wheels, at most {MAX_RELEASE_BYTES} are allowed")
        if self.minimum >= self.number:
            raise WrongValueError(f"minimum {self.minimum} is not below its own number {self.number}")
        if self.expires_at <= self.made_at:
            raise WrongValueError("it expires before it was made")


def is_file_name(name: str) -> bool:
    """Whether a release may have a file of this name."""
    return name in (MANIFEST, SIGNATURE) or re.search(FILE_NAME, name) is not None


def read_manifest(folder: Path) -> tuple[bytes, bytes]:
    """The manifest's exact bytes and its signature. Raises a `ProtocolError`, or an `OSError`."""
    payload = _bounded(folder / MANIFEST, MAX_MANIFEST_BYTES)
    signature = _bounded(folder / SIGNATURE, SIGNATURE_BYTES)
    if len(signature) != SIGNATURE_BYTES:
        raise WrongValueError(f"{SIGNATURE} has {len(signature)} bytes, not {SIGNATURE_BYTES}")
    return payload, signature


def faults(folder: Path, files: list[ReleaseFile]) -> list[str]:
    """What is wrong with `files` as they lie in `folder`, one line each; empty when all are whole."""
    return [fault for file in files if (fault := _fault(folder / file.name, file))]


def sha256_of(path: Path) -> str:
    """The hash of a file, in lower-case hex. Raises an `OSError`."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _fault(path: Path, file: ReleaseFile) -> str | None:
    try:
        if path.is_symlink() or not path.is_file():
            return f"{file.name}: is missing"
        if (size := path.stat().st_size) != file.size_bytes:
            return f"{file.name}: {size} bytes, not {file.size_bytes}"
        if sha256_of(path) != file.sha256:
            return f"{file.name}: is not the file that the manifest names: its hash differs"
    except OSError as error:
        return f"{file.name}: {error.strerror or error}"
    return None


def _bounded(path: Path, limit_bytes: int) -> bytes:
    with path.open("rb") as content:
        payload = content.read(limit_bytes + 1)
    if len(payload) > limit_bytes:
        raise WrongValueError(f"{path.name} has more than {limit_bytes} bytes")
    return payload
