"""With Python's real venv and pip, without a network."""

import subprocess
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kanban_device.main import main
from kanban_device.update import installation
from kanban_device.update.errors import InstallError
from kanban_device.update.installation import Station
from kanban_protocol import release
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import Manifest, ReleaseFile
from tests.device.update.workshop import Shop, file_of
from tests.wheels import write_wheel

STATION = """
[station]
id = "assembly"
site = "plant"
data = "{data}"

[mqtt]
url = "mqtt://127.0.0.1:1883"

[hardware]
pins = "mock"

[[hardware.slots]]
slot = 1
button = 17
lamp = 22
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop")


def files_of(folder: Path) -> list[ReleaseFile]:
    return Manifest.decode((folder / release.MANIFEST).read_bytes()).files


def test_a_release_is_installed_and_tried_out_by_the_command(
    tmp_path: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder, root = shop.make(1), tmp_path / "opt"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "outbox.db").touch()
    (tmp_path / "station.toml").write_text(STATION.format(data=tmp_path / "data"))
    key = shop.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "release.pub").write_bytes(key)
    places = ["--root", "opt", "--config", "station.toml", "--key", "release.pub"]

    done = CliRunner().invoke(main, ["update", "install", str(folder), *places])

    assert done.exit_code == 0, done.output
    assert "release 1 runs" in done.output
    program = root / "current" / "bin" / "kanban-station"
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout == "kanban-station, version 0.1\n"
    assert not list((root / "current").glob("lib/*/site-packages/pip")), "nothing is there that is not of it"
    assert "release 1 runs" in CliRunner().invoke(main, ["update", "status", "--root", str(root)]).output


def test_what_a_station_imports_is_compiled_and_the_rest_is_not(tmp_path: Path) -> None:
    modules = {"kanban_device/main.py": "", "kanban_hub/main.py": "", "kanban_device/later.py": "no Python"}
    wheel = write_wheel(tmp_path, "kanban_signal_station", "0.1", modules=modules)

    installation.install(tmp_path / "release", tmp_path, [file_of(wheel)])

    compiled = {path.name.partition(".")[0] for path in (tmp_path / "release").rglob("*.pyc")}
    folders = {path.parent.parent.name for path in (tmp_path / "release").rglob("*.pyc")}
    assert (compiled, folders) == ({"main"}, {"kanban_device"})


def test_a_wheel_with_another_hash_is_not_installed(tmp_path: Path, shop: Shop) -> None:
    folder = shop.make(1)
    files = [msgspec.structs.replace(file, sha256="0" * 64) for file in files_of(folder)]

    with pytest.raises(InstallError, match="HASH") as caught:
        installation.install(tmp_path / "release", folder, files)

    assert caught.value.fault is UpdateFault.NOT_INSTALLED


def test_a_program_that_does_not_start_or_is_another_is_found_out(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "kanban-station"
    program.parent.mkdir()
    station = Station(tmp_path / "station.toml", tmp_path)

    def told(script: str) -> UpdateFault:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        with pytest.raises(InstallError) as caught:
            installation.try_out(tmp_path, "0.2", station)
        return caught.value.fault

    assert told("exit 1") is UpdateFault.NOT_STARTED
    assert told("echo version 0.1") is UpdateFault.NOT_STARTED
    program.unlink()
    with pytest.raises(InstallError):
        installation.try_out(tmp_path, "0.2", station)


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(tmp_path: Path, shop: Shop) -> None:
    files = [
        msgspec.structs.replace(file, size_bytes=2**50) for file in files_of(shop.make(1))
    ]  # fmt: skip

    with pytest.raises(InstallError) as caught:
        installation.check_room(tmp_path, files)

    assert caught.value.fault is UpdateFault.NO_ROOM
