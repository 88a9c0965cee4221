"""Units of systemd, read by systemd's own eyes and as settings."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

UNITS = Path("etc/systemd/system")
# What every unit leans on, as empty as it may be.
TARGETS = ("sysinit", "basic", "shutdown", "paths", "timers")


def install(root: Path, units: Iterable[Path], programs: Iterable[str]) -> None:
    """Put the units, or folders of additions to them, under the directory `root`, with programs to start."""
    for name in programs:
        program = root / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    (root / UNITS).mkdir(parents=True)
    for unit in units:
        (shutil.copytree if unit.is_dir() else shutil.copy)(unit, root / UNITS / unit.name)
    for target in TARGETS:
        (root / UNITS / f"{target}.target").write_text("[Unit]\n")


def analyze(root: Path, *arguments: str) -> str:
    """What systemd-analyze says of the system below `root`; it must say that all is well."""
    command = ["systemd-analyze", "--no-pager", f"--root={root}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def verify(root: Path, units: Iterable[Path]) -> str:
    """What systemd finds wrong in these units, installed below `root`."""
    return analyze(root, "verify", *[f"/{UNITS / unit.name}" for unit in units])


def settings(path: Path) -> dict[str, list[str]]:
    """The values of each key, in their order."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        key, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found
