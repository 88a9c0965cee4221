import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub.main import main
from kanban_protocol import release
from kanban_protocol.release import Manifest
from tests.wheels import write_wheel


def run(*words: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["release", *map(str, words)], input=typed)


def built(folder: Path, wheels: Path, *more: str) -> Result:
    return run("build", folder, "--number", "12", "--wheel-dir", wheels, *more)


def test_a_release_is_built_signed_and_found_sound(
    tmp_path: Path, wheels: Path, key_files: tuple[Path, Path]
) -> None:
    folder = tmp_path / "release"
    private, public = key_files

    assert built(folder, wheels, "--minimum", "3", "--days", "30").exit_code == 0
    assert run("sign", folder, "--key", private).exit_code == 0
    done = run("check", folder, "--key", public)

    assert "sound: release 12, version 0.3.0, 6 wheels" in done.output
    manifest = Manifest.decode((folder / release.MANIFEST).read_bytes())
    assert manifest.minimum == 3
    assert (manifest.expires_at - manifest.made_at).days == 30
    fitting = {file.name for file in manifest.fitting((3, 13), "aarch64")}
    assert fitting == {path.name for path in wheels.iterdir() if "cp311-cp311" not in path.name}


def test_openssl_reads_the_signature_too(tmp_path: Path, wheels: Path, key_files: tuple[Path, Path]) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path / "release"
    built(folder, wheels)
    run("sign", folder, "--key", key_files[0])

    files: list[str | Path] = ["-in", folder / release.MANIFEST, "-sigfile", folder / release.SIGNATURE]
    done = subprocess.run(
        [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", key_files[1], "-rawin", *files],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_private_key_is_for_its_owner_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    assert run("key", tmp_path / "key").exit_code == 0
    private = tmp_path / "key" / "release.key"
    before = private.read_bytes()

    again = run("key", tmp_path / "key")

    assert private.stat().st_mode & 0o777 == 0o600
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert private.read_bytes() == before


def test_a_key_with_a_passphrase_signs_only_for_who_knows_it(tmp_path: Path, wheels: Path) -> None:
    folder, key = tmp_path / "release", tmp_path / "key" / "release.key"
    run("key", tmp_path / "key", "--passphrase", typed="secret\nsecret\n")
    built(folder, wheels)

    assert run("sign", folder, "--key", key, typed="wrong\n").exit_code == 1
    assert run("sign", folder, "--key", key, typed="secret\n").exit_code == 0


def test_a_key_that_others_may_read_signs_nothing(
    tmp_path: Path, wheels: Path, key_files: tuple[Path, Path]
) -> None:
    built(tmp_path / "release", wheels)
    os.chmod(key_files[0], 0o644)  # noqa: PTH101  # as somebody types it

    done = run("sign", tmp_path / "release", "--key", key_files[0])

    assert done.exit_code == 1
    assert "chmod 600" in done.output


def test_what_was_changed_after_the_signing_is_found(
    tmp_path: Path, wheels: Path, key_files: tuple[Path, Path]
) -> None:
    folder = tmp_path / "release"
    built(folder, wheels)
    run("sign", folder, "--key", key_files[0])
    with (folder / "click-8.1-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"more")
    (folder / "notes.txt").write_text("mine")

    told = run("check", folder, "--key", key_files[1]).output

    assert "click-8.1-py3-none-any.whl" in told
    assert "notes.txt: is not of the release" in told


def test_a_manifest_that_was_changed_after_the_signing_is_found(
    tmp_path: Path, wheels: Path, key_files: tuple[Path, Path]
) -> None:
    folder = tmp_path / "release"
    built(folder, wheels)
    run("sign", folder, "--key", key_files[0])
    manifest = folder / release.MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b'"number": 12', b'"number": 13'))

    assert "is not signed by this key" in run("check", folder, "--key", key_files[1]).output


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, wheels: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "letter.txt").write_text("mine")

    done = built(tmp_path / "release", wheels)

    assert done.exit_code == 1
    assert "is not empty" in done.output


def test_two_wheels_of_one_project_for_one_station_are_refused(tmp_path: Path, wheels: Path) -> None:
    write_wheel(wheels, "click", "8.2")

    done = built(tmp_path / "release", wheels)

    assert done.exit_code == 1
    assert "would both be installed" in done.output


@pytest.mark.parametrize("more", [(), ("--source", ".", "--wheel-dir", ".")])
def test_the_wheels_come_from_one_place(tmp_path: Path, more: tuple[str, ...]) -> None:
    assert run("build", tmp_path / "release", "--number", "1", *more).exit_code == 2
