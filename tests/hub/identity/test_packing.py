"""The authority in a backup of the hub."""

import stat
from pathlib import Path

from kanban_hub import backup
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.broker import BrokerFolder
from tests.hub.identity.test_command import run

NOW_MS = 1_800_000_000_000


def authority(folder: Path) -> Authority:
    return Authority.open(folder, NOW_MS)


def test_a_backup_takes_the_authority_along_to_a_new_machine(data: Path, tmp_path: Path) -> None:
    run(data, "code", "paint")
    BrokerFolder(authority(data)).make("plant", ["hub.lan"], NOW_MS)
    backup.backup(data, tmp_path / "copy")
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600

    backup.restore(tmp_path / "new", tmp_path / "copy")

    again = authority(tmp_path / "new")
    assert again.fingerprint == authority(data).fingerprint
    for name in ("server.key", "crl.pem", "kanban.conf"):
        original = data / "identity" / "broker" / name
        assert (again.folder / "broker" / name).read_bytes() == original.read_bytes()
    assert {stat.S_IMODE(path.stat().st_mode) for path in again.folder.rglob("*.key")} == {0o600}
    assert "code" not in run(tmp_path / "new", "list").stdout  # one-time codes of that time are void


def test_a_restore_of_the_same_hub_keeps_what_was_revoked_since(data: Path, tmp_path: Path) -> None:
    folder = BrokerFolder(authority(data))
    folder.make("plant", ["hub.lan"], NOW_MS)
    backup.backup(data, tmp_path / "copy")
    folder.revoke([7], NOW_MS)

    backup.restore(data, tmp_path / "copy")

    assert BrokerFolder(authority(data)).listed() == {7}
    assert not list(data.glob("identity.before-*"))


def test_another_authority_is_moved_aside_by_a_restore(data: Path, tmp_path: Path) -> None:
    first = authority(data).fingerprint
    backup.backup(data, tmp_path / "copy")
    second = authority(tmp_path / "new").fingerprint

    backup.restore(tmp_path / "new", tmp_path / "copy")

    assert authority(tmp_path / "new").fingerprint == first
    (tmp_path / "aside").mkdir()
    (tmp_path / "new" / "identity.before-1").rename(tmp_path / "aside" / "identity")
    assert authority(tmp_path / "aside").fingerprint == second


def test_a_backup_without_an_authority_leaves_the_one_that_is_there(data: Path, tmp_path: Path) -> None:
    backup.backup(data, tmp_path / "copy")
    kept = authority(data).fingerprint

    backup.restore(data, tmp_path / "copy")

    assert authority(data).fingerprint == kept
