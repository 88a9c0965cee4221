import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kanban_protocol import release
from kanban_protocol.errors import ProtocolError, WrongValueError
from kanban_protocol.release import Manifest, ReleaseFile

MADE = datetime(2026, 11, 27, 12, tzinfo=UTC)
NAME = "msgspec-0.22.0-cp311-cp311-manylinux2014_aarch64.manylinux_2_17_aarch64.whl"


def file(name: str = "click-8.1-py3-none-any.whl", python: str = "py3", machine: str = "any") -> ReleaseFile:
    return ReleaseFile(name=name, sha256="0" * 64, size_bytes=3, python=python, machine=machine)


def manifest(*files: ReleaseFile) -> Manifest:
    return Manifest(
        v=1,
        number=12,
        version="0.3.0",
        made_at=MADE,
        expires_at=MADE + timedelta(days=365),
        minimum=3,
        files=list(files) or [file()],
    )


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(manifest().encode()) | values).encode()


def test_a_manifest_comes_back_from_its_bytes_as_it_was() -> None:
    one = manifest(file(), file(NAME, "cp311", "aarch64"))

    assert Manifest.decode(one.encode()) == one


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": 2**31},
        {"number": True},
        {"minimum": 12},
        {"version": "../0.3"},
        {"made_at": "2026-11-27T12:00:00"},
        {"expires_at": "2026-11-27T12:00:00Z"},
        {"files": []},
        {"shell": "rm"},
        {"v": 2},
    ],
    ids=str,
)
def test_a_manifest_outside_its_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        Manifest.decode(changed(**wrong))


@pytest.mark.parametrize(
    "name",
    ["../click.whl", "a/b.whl", "--index-url.whl", ".whl", "click.gz", "click.whl\n", "ä.whl", "x" * 130],
)  # fmt: skip
def test_a_file_name_that_could_be_a_path_or_an_option_is_refused(name: str) -> None:
    entry = msgspec.to_builtins(file()) | {"name": name}

    with pytest.raises(ProtocolError):
        Manifest.decode(changed(files=[entry]))
    assert not release.is_file_name(name)


def test_two_files_of_one_name_are_refused_also_where_only_the_case_differs() -> None:
    with pytest.raises(WrongValueError, match="twice"):
        manifest(file("a-1-py3-none-any.whl"), file("A-1-py3-none-any.whl")).encode()


def test_more_than_a_station_has_room_for_is_refused() -> None:
    files = [
        msgspec.structs.replace(file(f"a{n}-1-py3-none-any.whl"), size_bytes=release.MAX_FILE_BYTES)
        for n in range(5)
    ]

    with pytest.raises(WrongValueError, match="bytes of wheels"):
        manifest(*files).encode()
    with pytest.raises(ProtocolError):
        Manifest.decode(changed(files=[msgspec.to_builtins(file(f"a{n}.whl")) for n in range(65)]))


@dataclasses.dataclass(frozen=True)
class Case:
    python: str
    machine: str
    fits: tuple[tuple[tuple[int, int], str], ...]
    fits_not: tuple[tuple[tuple[int, int], str], ...] = ()


@pytest.mark.parametrize(
    "case",
    [
        Case("py3", "any", (((3, 11), "aarch64"), ((3, 14), "x86_64"))),
        Case("cp311", "aarch64", (((3, 11), "aarch64"),), (((3, 13), "aarch64"), ((3, 11), "x86_64"))),
        Case("cp311+", "any", (((3, 11), "aarch64"), ((3, 13), "aarch64")), (((3, 10), "aarch64"),)),
    ],
    ids=str,
)
def test_a_station_takes_the_wheels_of_its_python_and_machine(case: Case) -> None:
    one = manifest(file(python=case.python, machine=case.machine))

    assert all(one.fitting(*target) == one.files for target in case.fits)
    assert all(one.fitting(*target) == [] for target in case.fits_not)


def test_a_file_that_is_missing_cut_short_changed_or_a_link_is_told(tmp_path: Path) -> None:
    whole = tmp_path / "a-1-py3-none-any.whl"
    whole.write_bytes(b"abc")
    (tmp_path / "link-1-py3-none-any.whl").symlink_to(whole)
    (tmp_path / "short-1-py3-none-any.whl").write_bytes(b"ab")
    sha256 = release.sha256_of(whole)

    def told(name: str, digest: str = sha256) -> list[str]:
        return release.faults(tmp_path, [msgspec.structs.replace(file(name), sha256=digest)])

    assert told(whole.name) == []
    assert "hash differs" in told(whole.name, "f" * 64)[0]
    assert "2 bytes, not 3" in told("short-1-py3-none-any.whl")[0]
    assert "is missing" in told("link-1-py3-none-any.whl")[0]
    assert "is missing" in told("none-1-py3-none-any.whl")[0]


def test_no_more_than_the_bounds_is_read_of_manifest_and_signature(tmp_path: Path) -> None:
    (tmp_path / release.MANIFEST).write_bytes(b" " * (release.MAX_MANIFEST_BYTES + 1))
    (tmp_path / release.SIGNATURE).write_bytes(b"0" * 64)
    with pytest.raises(WrongValueError, match=r"manifest\.json has more"):
        release.read_manifest(tmp_path)

    (tmp_path / release.MANIFEST).write_bytes(manifest().encode())
    assert release.read_manifest(tmp_path) == (manifest().encode(), b"0" * 64)
    (tmp_path / release.SIGNATURE).write_bytes(b"0" * 63)
    with pytest.raises(WrongValueError, match="63 bytes"):
        release.read_manifest(tmp_path)
