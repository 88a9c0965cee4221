"""The hub's authority: made at first use in the data directory, kept there, and followed by another one day.

`identity/authority-1.key` and `.crt` are the first. Of several the one that `identity/signing` names signs;
all of them are trusted, so that a new authority can take over while stations still show the old one's word.
"""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kanban_hub.identity import keyfile, paper
from kanban_hub.identity.errors import AuthorityError
from kanban_hub.identity.packing import FOLDER
from kanban_hub.identity.paper import Signer

SIGNING = "signing"
_CERTIFICATE = re.compile(r"authority-([0-9]{1,4})\.crt")


class Authority:
    """One look at the authority's files; it does not notice later changes."""

    def __init__(self, folder: Path, signers: dict[int, Signer], signing: int) -> None:
        self.folder = folder
        self._signers = signers
        self.signing = signing

    @classmethod
    def open(cls, data: Path, now_ms: int) -> "Authority":
        """The authority in the hub's data directory, made if there is none. Raises `AuthorityError`."""
        folder = data / FOLDER
        keyfile.make_folder(folder)
        with locked(folder):
            if not _numbers(folder):
                _make(folder, 1, now_ms)
            return _read(folder)

    @property
    def numbers(self) -> list[int]:
        return sorted(self._signers)

    @property
    def signer(self) -> Signer:
        """The one that signs."""
        return self._signers[self.signing]

    @property
    def signers(self) -> list[Signer]:
        """All that are trusted, the one that signs first."""
        others = [number for number in self.numbers if number != self.signing]
        return [self._signers[number] for number in (self.signing, *others)]

    @property
    def bundle(self) -> bytes:
        """The certificates of all that are trusted, PEM."""
        return b"".join(paper.pem(one.certificate) for one in self.signers)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate of the one that signs, 64 hex digits."""
        return fingerprint(self.signer.certificate)

    def fingerprint_of(self, number: int) -> str:
        """Of one of `numbers`."""
        return fingerprint(self._signers[number].certificate)

    def begin_next(self, now_ms: int) -> "Authority":
        """Trust one more authority, which does not sign yet. Raises `AuthorityError` when one waits."""
        if self.numbers[-1] != self.signing:
            raise AuthorityError(f"authority {self.numbers[-1]} waits already: go on with `authority switch`")
        with locked(self.folder):
            _make(self.folder, self.signing + 1, now_ms)
            return _read(self.folder)

    def switch(self) -> "Authority":
        """Have the newest one sign from now on. Raises `AuthorityError` when none waits."""
        if self.numbers[-1] == self.signing:
            raise AuthorityError("no further authority waits: begin with `authority next`")
        with locked(self.folder):
            keyfile.write(self.folder / SIGNING, f"{self.numbers[-1]}\n".encode())
            return _read(self.folder)

    def drop(self) -> "Authority":
        """Trust only the one that signs. Raises `AuthorityError` when another one waits for its turn."""
        if self.numbers[-1] != self.signing:
            raise AuthorityError(f"authority {self.numbers[-1]} waits to sign: `authority switch` first")
        with locked(self.folder):
            for number in self.numbers[:-1]:
                for path in _files(self.folder, number):
                    path.unlink(missing_ok=True)
            return _read(self.folder)


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex()


def _make(folder: Path, number: int, now_ms: int) -> None:
    """The certificate comes last: without it the key counts for nothing."""
    made = paper.fresh_authority(now_ms)
    certificate, key = _files(folder, number)
    keyfile.write(key, paper.key_pem(made.key))
    keyfile.write(certificate, paper.pem(made.certificate))


def _read(folder: Path) -> Authority:
    numbers = _numbers(folder)
    if not numbers:
        raise AuthorityError(f"{folder}: no authority is left: restore the directory from a backup")
    path = folder / SIGNING
    named = path.read_text().strip() if path.exists() else ""
    signing = int(named) if named.isdecimal() else numbers[0]
    if signing not in numbers:
        raise AuthorityError(f"{path} names authority {signing}, which is not there")
    return Authority(folder, {number: _signer(folder, number) for number in numbers}, signing)


def _signer(folder: Path, number: int) -> Signer:
    certificate_path, key_path = _files(folder, number)
    try:
        certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
    except (OSError, ValueError) as error:
        raise AuthorityError(f"{certificate_path}: {error}: restore the directory from a backup") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise AuthorityError(f"{key_path} is not the key of {certificate_path.name}")
    return Signer(key, certificate)


def _numbers(folder: Path) -> list[int]:
    found = (_CERTIFICATE.fullmatch(path.name) for path in folder.iterdir())
    return sorted(int(match[1]) for match in found if match)


def _files(folder: Path, number: int) -> tuple[Path, Path]:
    return folder / f"authority-{number}.crt", folder / f"authority-{number}.key"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds what lies in `folder` for one writer: the running hub and a command are two."""
    path = folder / "lock"
    if not path.exists():
        keyfile.write(path, b"")
    with path.open("r") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
