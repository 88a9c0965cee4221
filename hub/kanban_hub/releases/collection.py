"""Bring the wheels of a release together: our own, and by pip those that a station needs beside it.

pip judges the conditions of a requirement ("only below Python 3.13") by the Python that it runs on, and
not by the one that it downloads for. So ours are judged here, and pip is told plain names.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from packaging.requirements import Requirement

from kanban_hub.releases import stationwheel
from kanban_hub.releases.errors import CollectError
from kanban_hub.releases.wheel import project_of

PROJECT = "kanban-signal-station"
EXTRA = "station"
# glibc of Debian 12 is 2.36; the oldest that any wheel names for these machines is 2.17.
_GLIBC_MINORS = range(36, 16, -1)
# A first installation needs it on a system that has none.
_INSTALLER = "pip>=23.1"


@dataclass(frozen=True)
class Target:
    """One kind of station: its CPython as (3, 13), its machine as `uname -m`."""

    python: tuple[int, int]
    machine: str

    @property
    def python_version(self) -> str:
        return ".".join(map(str, self.python))

    @property
    def platforms(self) -> list[str]:
        return [f"manylinux_2_{minor}_{self.machine}" for minor in _GLIBC_MINORS]

    def environment(self) -> dict[str, str]:
        """What conditions are judged by (PEP 508)."""
        return {
            "extra": EXTRA,
            "implementation_name": "cpython",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_system": "Linux",
            "python_full_version": f"{self.python_version}.0",
            "python_version": self.python_version,
            "sys_platform": "linux",
        }


def build_own(source: Path, folder: Path) -> Path:
    """Our wheel as stations have it, made from the tree at `source`. Raises `CollectError`."""
    with TemporaryDirectory() as place:
        _pip("wheel", "--no-deps", "--wheel-dir", place, str(source))
        return stationwheel.write(next(Path(place).glob("*.whl")), folder)


def collect(own: Path, target: Target, folder: Path) -> None:
    """Download into `folder` what `own` needs at a station of the kind `target`. Raises `CollectError`."""
    platforms = [word for platform in target.platforms for word in ("--platform", platform)]
    fixed = ["--dest", str(folder), "--only-binary", ":all:", "--implementation", "cp", *platforms]
    _pip("download", *fixed, "--python-version", target.python_version, _INSTALLER, *needed(own, target))


def own_wheel(folder: Path) -> Path:
    """The one wheel of this project in `folder`. Raises `CollectError`."""
    found = [path for path in sorted(folder.glob("*.whl")) if project_of(path)[0] == PROJECT]
    if len(found) != 1:
        raise CollectError(f"{folder}: {len(found)} wheels of {PROJECT}, one is wanted")
    return found[0]


def needed(own: Path, target: Target) -> list[str]:
    """The requirements of `own` at a station of the kind `target`, without their conditions."""
    return [str(requirement) for requirement in _requirements(own, target)]


def _requirements(own: Path, target: Target) -> Iterator[Requirement]:
    for text in _metadata(own):
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(target.environment()):
            requirement.marker = None
            yield requirement


def _metadata(own: Path) -> list[str]:
    try:
        with ZipFile(own) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            return BytesHeaderParser().parsebytes(archive.read(name)).get_all("Requires-Dist", [])
    except (BadZipFile, StopIteration):
        raise CollectError(f"{own}: no wheel") from None


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CollectError(f"pip {arguments[0]} failed:\n{done.stderr.strip()[-2000:]}")
