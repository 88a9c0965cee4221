from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub.main import main
from kanban_hub.releases.folder import sign, write_manifest
from kanban_hub.releases.shelf import Shelf
from kanban_hub.releases.signing import private_key
from kanban_protocol import release
from tests.hub.releases.shop import MADE, signed


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["release", *map(str, words), "--data", str(data)])


def test_a_release_is_taken_listed_and_removed(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path]
) -> None:
    private, public = key_files

    assert run(data, "add", signed(tmp_path, private, 11), "--key", public).exit_code == 0
    assert run(data, "add", signed(tmp_path, private, 12)).exit_code == 0
    listed = run(data, "list").output.splitlines()

    assert [line.split(",")[0] for line in listed] == ["release 12", "release 11"]
    assert Shelf(data).key_file.read_bytes() == public.read_bytes()
    assert run(data, "remove", "11").exit_code == 0
    assert run(data, "list").output.startswith("release 12")
    assert run(data, "remove", "11").exit_code == 1


def test_without_the_stations_key_nothing_is_taken(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path]
) -> None:
    done = run(data, "add", signed(tmp_path, key_files[0], 12))

    assert done.exit_code == 1
    assert "name the stations' public key by --key" in done.output


def test_what_the_stations_key_has_not_signed_is_not_taken(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path]
) -> None:
    folder = signed(tmp_path, key_files[0], 12)
    (folder / release.SIGNATURE).write_bytes(b"0" * 64)

    done = run(data, "add", folder, "--key", key_files[1])

    assert done.exit_code == 1
    assert "is not signed by this key" in done.output
    assert Shelf(data).all() == []


def test_another_key_than_the_stations_have_is_refused(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path]
) -> None:
    run(data, "add", signed(tmp_path, key_files[0], 12), "--key", key_files[1])
    other = tmp_path / "other.pub"
    other.write_bytes(key_files[1].read_bytes() + b"\n")

    assert "is another key" in run(data, "add", tmp_path / "release-12", "--key", other).output


def test_a_second_release_of_a_number_is_refused_and_the_same_one_is_taken_again(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path]
) -> None:
    private, public = key_files
    folder = signed(tmp_path, private, 12)
    run(data, "add", folder, "--key", public)

    assert run(data, "add", folder).exit_code == 0
    other = signed(tmp_path / "other", private, 12)
    wheel = next(other.glob("*.whl"))
    wheel.rename(other / wheel.name.replace("0.12", "0.13"))
    write_manifest(other, 12, "0.13", 0, (MADE, 365))
    sign(other, private_key(private, None))
    assert "build it with a higher number" in run(data, "add", other).output


@pytest.mark.parametrize("name", ["../release.pub", "manifest.json/..", ".", "", "notes.txt", "/etc/passwd"])
def test_only_files_of_a_release_are_handed_out(
    tmp_path: Path, data: Path, key_files: tuple[Path, Path], name: str
) -> None:
    run(data, "add", signed(tmp_path, key_files[0], 12), "--key", key_files[1])
    (data / "releases" / "12" / "notes.txt").write_text("mine")
    (data / "releases" / "12" / "link.whl").symlink_to(data / "release.pub")

    assert Shelf(data).file(12, name) is None
    assert Shelf(data).file(12, "link.whl") is None
    assert Shelf(data).file(12, release.MANIFEST) is not None
