"""Make the folder of a release, from the project's tree or from wheels that are there."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path

from kanban_hub.releases.collection import Target, build_own, collect, own_wheel
from kanban_hub.releases.errors import CollectError
from kanban_hub.releases.folder import write_manifest
from kanban_hub.releases.wheel import project_of
from kanban_protocol.release import Manifest, ReleaseFile


def prepare(folder: Path) -> None:
    """Make `folder`. Raises `CollectError` where something lies in it: a release is nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CollectError(f"{folder}: is not empty; name a new folder")


def copy(wheels: Path, folder: Path) -> None:
    for wheel in sorted(wheels.glob("*.whl")):
        shutil.copy(wheel, folder)


def gather(source: Path, folder: Path, pythons: Sequence[tuple[int, int]], machines: Sequence[str]) -> None:
    """Build our wheel from `source`, and download what it needs. Raises `CollectError`."""
    own = build_own(source, folder)
    for target in (Target(python, machine) for python in pythons for machine in machines):
        collect(own, target, folder)


def finish(folder: Path, number: int, minimum: int, life: tuple[datetime, int]) -> Manifest:
    """Write the manifest. Raises a `ReleaseError`."""
    _, version = project_of(own_wheel(folder))
    manifest = write_manifest(folder, number, version, minimum, life)
    _check_choice(folder, manifest)
    return manifest


def _check_choice(folder: Path, manifest: Manifest) -> None:
    """A station must not have to choose between two wheels of one project."""
    for one, other in combinations(manifest.files, 2):
        projects = {project_of(folder / file.name)[0] for file in (one, other)}
        if len(projects) == 1 and _meet(one, other):
            text = f"{one.name} and {other.name} would both be installed: build a release for each Python"
            raise CollectError(f"{folder}: {text}")


def _meet(one: ReleaseFile, other: ReleaseFile) -> bool:
    machines = {one.machine, other.machine} - {"any"} or {"any"}
    if len(machines) > 1:
        return False
    pythons = [(3, minor) for minor in range(11, 40)]
    machine = machines.pop()
    return any(one.fits(python, machine) and other.fits(python, machine) for python in pythons)
