"""The damage catalogue: whatever happens to the files, nothing readable is lost, no number used twice."""

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from kanban_device.errors import DataUnusableError
from kanban_device.outbox import Outbox
from kanban_device.salvage import BAD_FILES
from kanban_protocol.messages import ReceiptStatus
from tests.device.fakes import FakeClock, crash

ROWS = 60
_epochs = (f"{number:016x}" for number in count(1))


def opened(directory: Path) -> Outbox:
    return Outbox(directory, lambda: next(_epochs))


def put(outbox: Outbox, name: str) -> int:
    return outbox.put("pull", f'{{"loop":"{name}"}}', name, FakeClock().stamp(1.0)).seq


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A directory whose outbox holds ROWS signals, the first receipted, closed in good order."""
    outbox = opened(tmp_path)
    for number in range(1, ROWS + 1):
        put(outbox, f"id-{number}")
    outbox.settle([(1, ReceiptStatus.ACCEPTED)])
    outbox.remember("assignment", "{}")
    outbox.close()
    return tmp_path


def zero_header(file: Path) -> None:
    file.write_bytes(bytes(100) + file.read_bytes()[100:])


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def replace_by_text(file: Path) -> None:
    file.write_text("not a database\n" * 100)


def replace_by_foreign(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE signals (x)")
    connection.close()


def overwrite_middle(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    middle = len(raw) // 2 // 1024 * 1024
    raw[middle : middle + 1024] = b"\xa5" * 1024
    file.write_bytes(raw)


def vanish(file: Path) -> None:
    file.unlink()


DAMAGES = [zero_header, truncate, empty, replace_by_text, replace_by_foreign, overwrite_middle, vanish]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_gives_a_new_epoch_that_works(stored: Path, damage: Callable[[Path], None]) -> None:
    before = (stored / "outbox.epoch").read_text()
    damage(stored / "outbox.db")
    outbox = opened(stored)
    assert outbox.epoch != before
    assert outbox.salvage is not None
    assert outbox.salvage.carried == outbox.depth == outbox.highest_seq
    assert put(outbox, "new") == outbox.depth
    outbox.close()
    again = opened(stored)
    assert (again.salvage, again.epoch) == (None, outbox.epoch)
    again.close()


@pytest.mark.parametrize("damage", [d for d in DAMAGES if d is not vanish])
def test_a_damaged_file_is_set_aside(stored: Path, damage: Callable[[Path], None]) -> None:
    damage(stored / "outbox.db")
    damaged = (stored / "outbox.db").read_bytes()
    outbox = opened(stored)
    assert outbox.salvage
    assert outbox.salvage.set_aside == stored / "outbox.bad-1"
    assert len((stored / "outbox.bad-1").read_bytes()) >= len(damaged)
    outbox.close()


def test_what_can_be_read_of_a_damaged_file_is_carried_over(stored: Path) -> None:
    overwrite_middle(stored / "outbox.db")
    outbox = opened(stored)
    ids = [row.id for row in outbox.pending(ROWS)]
    assert 10 < len(ids) < ROWS
    assert ids[-1] == f"id-{ROWS}"
    assert ids == sorted(ids, key=lambda name: int(name[3:])), "oldest first, as they were"
    assert "id-1" not in ids, "it has its receipt"
    outbox.close()


def test_a_row_with_a_flipped_byte_is_left_behind_alone(stored: Path) -> None:
    file = stored / "outbox.db"
    file.write_bytes(file.read_bytes().replace(b'{"loop":"id-7"}', b'{"loop":"id-8"}'))
    outbox = opened(stored)
    ids = {row.id for row in outbox.pending(ROWS)}
    assert ids == {f"id-{number}" for number in range(2, ROWS + 1)} - {"id-7"}
    assert outbox.recall("assignment") == "{}", "what was remembered is carried over"
    outbox.close()


def test_a_vanished_log_is_missed(tmp_path: Path) -> None:
    crashed = opened(tmp_path)
    put(crashed, "a")
    crash(tmp_path, crashed)
    (tmp_path / "outbox.db-wal").unlink()
    outbox = opened(tmp_path)
    assert outbox.salvage
    assert "log has vanished" in outbox.salvage.reason
    assert outbox.epoch != crashed.epoch
    outbox.close()


def test_a_stale_shared_memory_file_does_no_harm(tmp_path: Path) -> None:
    crashed = opened(tmp_path)
    put(crashed, "a")
    crash(tmp_path, crashed)
    (tmp_path / "outbox.db-shm").write_bytes(b"\xa5" * 32_768)
    outbox = opened(tmp_path)
    assert outbox.salvage is None
    assert [row.id for row in outbox.pending(8)] == ["a"]
    outbox.close()


def test_a_file_of_another_epoch_is_not_believed(stored: Path) -> None:
    (stored / "outbox.epoch").write_text("f" * 16)
    outbox = opened(stored)
    assert outbox.salvage
    assert outbox.salvage.carried == ROWS - 1
    outbox.close()


def test_a_salvage_that_was_killed_between_its_renames_is_finished(stored: Path) -> None:
    (stored / "outbox.db").rename(stored / "outbox.new")
    outbox = opened(stored)
    assert outbox.depth == ROWS - 1
    outbox.close()


def test_a_salvage_that_was_killed_while_building_begins_anew(stored: Path) -> None:
    (stored / "outbox.new").write_bytes(b"half")
    zero_header(stored / "outbox.db")
    outbox = opened(stored)
    assert outbox.salvage
    assert not (stored / "outbox.new").exists()
    outbox.close()


def test_files_set_aside_are_bounded(tmp_path: Path) -> None:
    for _ in range(BAD_FILES + 3):
        opened(tmp_path).close()
        replace_by_text(tmp_path / "outbox.db")
    opened(tmp_path).close()
    kept = sorted(file.name for file in tmp_path.glob("outbox.bad-*"))
    assert kept == [f"outbox.bad-{number}" for number in range(4, 9)]


def test_a_directory_that_is_none_is_told_and_nothing_is_set_aside(tmp_path: Path) -> None:
    with pytest.raises(DataUnusableError, match="make it a directory"):
        opened(tmp_path / "missing")
