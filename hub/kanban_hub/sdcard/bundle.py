"""The signed release that travels on a card."""

from dataclasses import dataclass
from pathlib import Path

from kanban_hub.releases import folder as folders
from kanban_hub.releases import signing
from kanban_hub.releases.errors import ReleaseError
from kanban_hub.releases.shelf import Shelf
from kanban_hub.sdcard.errors import CardError
from kanban_protocol.release import MANIFEST, SIGNATURE

# The Python and the machine of Raspberry Pi OS Trixie, 64-bit.
PYTHON, MACHINE = (3, 13), "aarch64"
PROGRAM = "kanban_signal_station-"


@dataclass(frozen=True)
class Bundle:
    """`files` by name, `key` the public key or keys that the station shall trust, PEM."""

    number: int
    files: dict[str, bytes]
    key: bytes


def bundle(folder: Path, key_file: Path) -> Bundle:
    """The release in `folder`, looked through as the station will. Raises `CardError`."""
    missing = [
        f"{path}: is not there; {hint}" for path, hint in _wanted(folder, key_file) if not path.exists()
    ]
    if missing:
        raise CardError(missing)
    try:
        manifest = folders.checked(folder, signing.public_key(key_file))
    except ReleaseError as error:
        raise CardError([str(error)]) from None
    fitting = manifest.fitting(PYTHON, MACHINE)
    if not any(file.name.startswith(PROGRAM) for file in fitting):
        raise CardError([f"{folder}: has no station's program for Python 3.13 on aarch64: build it for both"])
    names = [MANIFEST, SIGNATURE, *(file.name for file in manifest.files)]
    files = {name: (folder / name).read_bytes() for name in names}
    return Bundle(manifest.number, files, key_file.read_bytes())


def shelved(shelf: Shelf, number: int | None = None) -> Bundle:
    """Release `number` of those that the hub keeps; without it the newest. Raises `CardError`."""
    known = [manifest.number for manifest in shelf.all()]
    if not known:
        hint = "`kanban-hub release add FOLDER --key release.pub` adds one, or name its folder by --release"
        raise CardError([f"the hub keeps no release of the stations' program: {hint}"])
    if number is not None and number not in known:
        raise CardError(
            [f"--release: the hub keeps no release {number}; it has {', '.join(map(str, known))}"]
        )
    return bundle(shelf.folder(number or known[0]), shelf.key_file)


def _wanted(folder: Path, key_file: Path) -> list[tuple[Path, str]]:
    return [
        (folder, "name a signed release by --release"),
        (key_file, "name the public key of your releases by --release-key"),
    ]
