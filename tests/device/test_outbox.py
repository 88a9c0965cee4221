import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kanban_device.errors import StoreBrokenError, StoreDamagedError, StoreFullError
from kanban_device.outbox import Limits, Outbox, StoreHealth
from kanban_protocol.messages import ReceiptStatus
from tests.device.fakes import FakeClock

ACCEPTED = ReceiptStatus.ACCEPTED
SMALL = Limits(max_pages=120, headroom_pages=40, kept_rows=10, free_bytes=0)


@pytest.fixture
def epochs() -> Iterator[str]:
    return (f"{number:016x}" for number in count(1))


@pytest.fixture
def outbox(tmp_path: Path, epochs: Iterator[str]) -> Iterator[Outbox]:
    opened = Outbox(tmp_path, lambda: next(epochs), SMALL)
    yield opened
    opened.close()


def put(outbox: Outbox, name: str) -> int:
    return outbox.put("pull", f'{{"loop":"{name}"}}', name, FakeClock().stamp(1.0)).seq


def fill(outbox: Outbox) -> int:
    for number in count(1):
        try:
            put(outbox, f"full-{number}")
        except StoreFullError:
            return number - 1
    raise AssertionError


def test_numbers_count_from_one_without_gaps(outbox: Outbox) -> None:
    assert [put(outbox, name) for name in "abc"] == [1, 2, 3]


def test_a_stored_signal_is_there_after_a_crash(tmp_path: Path, epochs: Iterator[str]) -> None:
    crashed = Outbox(tmp_path, lambda: next(epochs))
    put(crashed, "a")
    reopened = Outbox(tmp_path, lambda: next(epochs))  # beside it: nothing was closed
    assert [row.id for row in reopened.pending(8)] == ["a"]
    assert reopened.epoch == crashed.epoch
    assert reopened.salvage is None
    reopened.close()
    crashed.close()


def test_a_receipted_signal_is_pending_no_more_and_news_only_once(outbox: Outbox) -> None:
    put(outbox, "a")
    put(outbox, "b")
    assert outbox.settle([(1, ACCEPTED), (1, ACCEPTED), (99, ACCEPTED)]) == [1]
    assert outbox.settle([(1, ReceiptStatus.REFUSED)]) == []
    assert [row.id for row in outbox.pending(8)] == ["b"]
    assert outbox.depth == 1


def test_numbers_go_on_after_all_rows_are_pruned(tmp_path: Path, epochs: Iterator[str]) -> None:
    limits = Limits(kept_rows=0, free_bytes=0)
    first = Outbox(tmp_path, lambda: next(epochs), limits)
    for number in range(64):
        put(first, str(number))
    first.settle((seq, ACCEPTED) for seq in range(1, 65))
    first.close()
    second = Outbox(tmp_path, lambda: next(epochs), limits)
    assert put(second, "next") == 65
    assert second.unsettle_after(0) == 0, "the 64 receipted rows were pruned"
    second.close()


def test_a_hub_that_came_back_without_them_gets_signals_again(outbox: Outbox) -> None:
    for name in "abc":
        put(outbox, name)
    outbox.settle([(1, ACCEPTED), (2, ACCEPTED)])
    assert outbox.unsettle_after(1) == 1
    assert [row.id for row in outbox.pending(8)] == ["b", "c"]
    assert outbox.depth == 2


def test_a_full_outbox_refuses_and_burns_no_number(outbox: Outbox) -> None:
    stored = fill(outbox)
    assert outbox.health() is StoreHealth.FULL
    assert outbox.highest_seq == outbox.depth == stored


def test_a_full_outbox_takes_receipts_and_then_signals_again(outbox: Outbox) -> None:
    stored = fill(outbox)
    outbox.settle((seq, ACCEPTED) for seq in range(1, stored + 1))
    outbox.settle([])
    assert outbox.health() is StoreHealth.OK
    assert put(outbox, "again") == stored + 1


def test_a_disk_without_room_refuses_signals(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, lambda: "1" * 16, Limits(free_bytes=2**62))
    with pytest.raises(StoreFullError):
        put(outbox, "a")
    outbox.close()


def test_an_id_is_stored_once_and_a_failed_put_burns_no_number(outbox: Outbox) -> None:
    put(outbox, "a")
    with pytest.raises(StoreBrokenError):
        put(outbox, "a")
    assert put(outbox, "b") == 2


def test_a_file_that_cannot_be_written_refuses_and_heals(outbox: Outbox) -> None:
    outbox._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreBrokenError):
        put(outbox, "a")
    assert outbox.health() is StoreHealth.BROKEN
    outbox._connection.execute("PRAGMA query_only = OFF")
    assert outbox.health() is StoreHealth.OK
    assert put(outbox, "a") == 1


def test_a_row_that_changes_under_us_is_damage_and_never_sent(outbox: Outbox, tmp_path: Path) -> None:
    put(outbox, "a")
    with sqlite3.connect(tmp_path / "outbox.db") as other:
        other.execute("""UPDATE signals SET body = '{"loop":"other"}'""")
    other.close()
    with pytest.raises(StoreDamagedError):
        outbox.pending(8)


def test_what_is_remembered_outlives_the_program(tmp_path: Path, epochs: Iterator[str]) -> None:
    first = Outbox(tmp_path, lambda: next(epochs))
    first.remember("assignment", "{}")
    first.close()
    second = Outbox(tmp_path, lambda: next(epochs))
    assert second.recall("assignment") == "{}"
    assert second.recall("other") is None
    second.close()


def test_a_renewed_outbox_keeps_ids_and_counts_from_one(outbox: Outbox) -> None:
    for name in "abc":
        put(outbox, name)
    outbox.settle([(2, ACCEPTED)])
    before = outbox.epoch
    outbox.renew("the numbers are used up")
    assert outbox.epoch != before
    assert [(row.seq, row.id) for row in outbox.pending(8)] == [(1, "a"), (2, "c")]
    assert put(outbox, "d") == 3
