"""The boot partition as a folder of this machine: what it must be, and how it is written."""

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from kanban_hub.sdcard import cmdline
from kanban_hub.sdcard.card import RESULT, SEED
from kanban_hub.sdcard.cloudinit import FOLDER, Machine
from kanban_hub.sdcard.errors import CardError

# Room for the release twice over is never needed; this is for what the Pi itself writes there later.
SPARE_BYTES = 8 * 1024 * 1024
FLASH = "flash Raspberry Pi OS Lite (64-bit) with Raspberry Pi Imager, take the card out, put it in again"


def faults(folder: Path) -> list[str]:
    """Why `folder` is not the boot partition of a fresh Raspberry Pi OS with cloud-init."""
    if not folder.is_dir():
        return [f"{folder}: no such folder. The card's boot partition is mounted as `bootfs`: {FLASH}"]
    missing = [name for name in ("config.txt", "cmdline.txt") if not (folder / name).is_file()]
    if missing:
        what = f"it has no {' and no '.join(missing)}"
        hint = "Name the folder where the card's partition `bootfs` is mounted"
        return [f"{folder} is not the boot partition of a Raspberry Pi: {what}. {hint}"]
    if not any((folder / name).is_file() for name in ("meta-data", "user-data")):
        since = "Raspberry Pi OS has it since November 2025 (Trixie), not in Bookworm and before"
        return [f"{folder}: the image on this card{_issue(folder)} has no cloud-init: {since}. {FLASH}"]
    if _is_installed(folder):
        return [f"{folder}: this card has become a station already, and reads no more from here: {FLASH}"]
    if "root=" not in (folder / "cmdline.txt").read_text(errors="replace"):
        return [f"{folder}/cmdline.txt names no root partition: {FLASH}"]
    return []


def write(folder: Path, files: Mapping[str, bytes], machine: Machine) -> list[Path]:
    """Write `files`, and `cmdline.txt` last: only by that the Pi does anything. Returns what was kept aside.

    Raises `CardError` and `OSError`.
    """
    wrong = faults(folder)
    if wrong:
        raise CardError(wrong)
    _check_room(folder, files)
    line = (folder / "cmdline.txt").read_text()
    kept = [aside for name in SEED if (aside := _keep_aside(folder / name)) is not None]
    for stale in _stale(folder, files):
        stale.unlink()
    for name, content in files.items():
        _put(folder / PurePosixPath(name), content)
    country = machine.network.wifi.country if machine.network.wifi is not None else None
    _put(folder / "cmdline.txt", cmdline.prepared(line, machine.instance, country).encode())
    return kept


def _is_installed(folder: Path) -> bool:
    path = folder / RESULT
    return path.is_file() and path.read_text(errors="replace").startswith("done")


def _issue(folder: Path) -> str:
    """What the image says of itself, as `Raspberry Pi reference 2025-05-13`."""
    path = folder / "issue.txt"
    first = path.read_text(errors="replace").splitlines()[:1] if path.is_file() else []
    return f" ({first[0].strip()[:80]})" if first and first[0].strip() else ""


def _check_room(folder: Path, files: Mapping[str, bytes]) -> None:
    known = os.statvfs(folder)
    free = known.f_bavail * known.f_frsize + sum(path.stat().st_size for path in _stale(folder, {}))
    wanted = sum(map(len, files.values())) + SPARE_BYTES
    if free < wanted:
        raise CardError(
            [f"{folder}: {free // 2**20} MiB are free, {wanted // 2**20 + 1} MiB are needed: {FLASH}"]
        )


def _stale(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """What an earlier writing left in our folder and this one does not replace."""
    ours = folder / FOLDER
    found = [path for path in ours.rglob("*") if path.is_file()] if ours.is_dir() else []
    kept = set(files)
    return [path for path in found if path.relative_to(folder).as_posix() not in kept]


def _keep_aside(path: Path) -> Path | None:
    """The first that was there before us is kept for ever; what we wrote ourselves is not worth it."""
    aside = path.with_name(f"{path.name}.before-kanban")
    if not path.is_file() or aside.exists():
        return None
    aside.write_bytes(path.read_bytes())
    return aside


def _put(path: Path, content: bytes) -> None:
    """On the card before the next is written: people pull cards out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
