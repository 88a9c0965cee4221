"""Install a release into a virtual environment of its own, with no network and nothing but its own wheels."""

import logging
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kanban_device.update.errors import InstallError
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import ReleaseFile

log = logging.getLogger(__name__)

TIMEOUT_S = 1_800  # a Pi Zero with a slow card
SMOKE_S = 120
PROGRAM = "kanban-station"
# What a release brings and no station imports: the hub's part of our wheel, the installer, and what others
# name for their own making. Compiling it takes a small Pi minutes.
NEVER_IMPORTED = ("kanban_hub", "kanban_simulator", "pip", "setuptools")
# What unpacked Python takes for each byte of a wheel, compiled too; and room that the outbox may need.
UNPACKED, SPARE_BYTES = 6, 64 * 1024**2


@dataclass(frozen=True)
class Station:
    """What the installed program is tried with: the station's file, and the folder of its owner."""

    config: Path
    data: Path


def check_room(folder: Path, files: list[ReleaseFile]) -> None:
    """Raises `InstallError` where the disk is too small for `files` and what becomes of them."""
    wanted = sum(file.size_bytes for file in files) * (1 + UNPACKED) + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < wanted:
        text = f"{folder}: {free // 1024**2} MB are free, {wanted // 1024**2} MB are wanted"
        raise InstallError(UpdateFault.NO_ROOM, text)


def install(target: Path, folder: Path, files: list[ReleaseFile]) -> None:
    """Make `target` from the wheels `files` in `folder`. Raises `InstallError`.

    The system's packages are seen too: lgpio and evdev have no wheels on every Python (`device/README.md`).
    """
    shutil.rmtree(target, ignore_errors=True)
    _run([_base_python(), "-m", "venv", "--system-site-packages", "--without-pip", str(target)])
    with TemporaryDirectory() as place:
        listed = Path(place) / "requirements.txt"
        listed.write_text(
            "".join(f"{folder.absolute() / file.name} --hash=sha256:{file.sha256}\n" for file in files)
        )
        fixed = ["--isolated", "--disable-pip-version-check", "--no-input", "--no-cache-dir", "--quiet"]
        fixed += ["install", "--no-compile"]
        offline = [
            "--no-index",
            "--no-deps",
            "--require-hashes",
            "--ignore-installed",
            "--only-binary",
            ":all:",
        ]
        _run([*_pip(target, folder, files), *fixed, *offline, "--requirement", str(listed)])
    _compile(target)
    os.sync()


def _compile(target: Path) -> None:
    """Now and on all cores: the station may not write where its program lies, so it could keep nothing."""
    left_out = f"/(?:{'|'.join(map(re.escape, NEVER_IMPORTED))})/"
    compiler = [str(target / "bin" / "python"), "-m", "compileall", "-q", "-j", "0", "-x", left_out]
    try:
        _run([*compiler, str(target / "lib")])
    except InstallError as error:  # it runs all the same, and starts more slowly
        log.warning("release in %s: not all of it could be compiled: %s", target, error)


def try_out(target: Path, version: str, station: Station) -> None:
    """Start what was installed, without touching a pin: its version, the station's file and its outbox.

    Raises `InstallError`.
    """
    program = str(target / "bin" / PROGRAM)
    told = _run([program, "--version"], station)
    if version not in told.split():
        raise InstallError(UpdateFault.NOT_STARTED, f"{program} says {told.strip()!r}, not {version}")
    _run([str(target / "bin" / "python"), "-c", "import kanban_device.build"], station)
    if (station.data / "outbox.db").exists():
        _run([program, "outbox", "--config", str(station.config)], station)


def _base_python() -> str:
    """The system's interpreter, outside every virtual environment."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    found = Path(sys.base_prefix) / "bin" / name
    return str(found) if found.exists() else name


def _pip(target: Path, folder: Path, files: list[ReleaseFile]) -> list[str]:
    """The installer, out of the release's own wheel as `ensurepip` does it: the system need have none."""
    python = str(target / "bin" / "python")
    own = next((file.name for file in files if file.name.startswith("pip-")), None)
    if own is not None:
        return [python, "-I", str(folder.absolute() / own / "pip")]
    return [sys.executable, "-m", "pip", "--python", python]


def _run(command: list[str], station: Station | None = None) -> str:
    """What `command` prints. With a `station` it runs as the owner of its data, and not as root."""
    is_owned = station is not None and station.data.is_dir() and os.geteuid() == 0
    owner = station.data.stat() if station is not None and is_owned else None
    as_user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if owner is not None else {}
    fault = UpdateFault.NOT_INSTALLED if station is None else UpdateFault.NOT_STARTED
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S if station is None else SMOKE_S,
            cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "HOME": "/nonexistent"},
            **as_user,  # type: ignore[call-overload]
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(fault, f"{command[0]}: {error}") from error
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip()[-1000:]
        raise InstallError(fault, f"{' '.join(command[:4])} …: {last}")
    return str(done.stdout)
