"""What a wheel's name says of it (PEP 427): which project and version, and where it can be installed."""

from pathlib import Path

from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from kanban_hub.releases.errors import CollectError
from kanban_protocol.release import ReleaseFile, is_file_name, sha256_of


def described(path: Path) -> ReleaseFile:
    """The wheel at `path` as a manifest names it. Raises `CollectError` for what no station could install."""
    _, _, tags = _parsed(path)
    pythons = {python for tag in tags if (python := _python(tag)) is not None}
    machines = {_machine(tag) for tag in tags}
    if len(pythons) != 1 or len(machines) != 1 or not is_file_name(path.name):
        raise CollectError(f"{path.name}: a wheel for one CPython 3 and one machine is wanted, or for all")
    return ReleaseFile(
        name=path.name,
        sha256=sha256_of(path),
        size_bytes=path.stat().st_size,
        python=pythons.pop(),
        machine=machines.pop(),
    )


def project_of(path: Path) -> tuple[str, str]:
    """(name, version) of the project whose wheel lies at `path`. Raises `CollectError`."""
    name, version, _ = _parsed(path)
    return name, version


def _parsed(path: Path) -> tuple[str, str, frozenset[Tag]]:
    try:
        name, version, _, tags = parse_wheel_filename(path.name)
    except InvalidWheelFilename as error:
        raise CollectError(str(error)) from None
    return str(name), str(version), tags


def _python(tag: Tag) -> str | None:
    """None for what is of no CPython 3: the `py2` of a wheel that is for both."""
    if tag.interpreter.startswith("py3"):
        return "py3"
    if not tag.interpreter.startswith("cp3"):
        return None
    return f"{tag.interpreter}+" if tag.abi == "abi3" else tag.interpreter


def _machine(tag: Tag) -> str:
    """The machine at the end of `manylinux_2_17_aarch64`, as `uname -m` says it."""
    known = ("aarch64", "x86_64", "armv7l", "armv6l")
    return next((machine for machine in known if tag.platform.endswith(f"_{machine}")), tag.platform)
