"""The replay of power cuts on a log written by hand: what each cut keeps, and what was promised by then."""

import random
from pathlib import Path

import pytest

from tests.board.powercut import FLUSH, FUA, HEAD, SECTOR, Cut, Recording

BLANK, FLUSHED, UNFLUSHED, FORCED = (bytes([letter]) * SECTOR for letter in b".FUA")


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    """Sector 0 is written and flushed, then 1 is written, then 2 past the cache, then 3."""
    disk = tmp_path / "disk"
    disk.write_bytes(BLANK * 4)
    made = Recording(disk, tmp_path)
    log = tmp_path / "writes"
    log.write_bytes(b"\0" * SECTOR)
    for sector, data, flags in (
        (0, FLUSHED, 0),
        (0, b"", FLUSH),
        (1, UNFLUSHED, 0),
        (2, FORCED, FUA),
        (3, UNFLUSHED, 0),
    ):
        head = HEAD.pack(sector, len(data) // SECTOR, flags, 0).ljust(SECTOR, b"\0")
        log.write_bytes(log.read_bytes() + head + data)
        made.mark(f"after {sector} {flags}")
    made.stop()
    return made


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        (Cut.PREFIX, FLUSHED + UNFLUSHED + FORCED + UNFLUSHED),
        (Cut.LOST, FLUSHED + BLANK + FORCED + BLANK),
    ],
)
def test_what_was_flushed_or_forced_survives_every_cut(
    recording: Recording, tmp_path: Path, cut: Cut, kept: bytes
) -> None:
    recording.disk(tmp_path / "after", 4, cut, random.Random(1))

    assert (tmp_path / "after").read_bytes() == kept


def test_a_cut_knows_nothing_of_what_was_written_after_it(recording: Recording, tmp_path: Path) -> None:
    recording.disk(tmp_path / "after", 2, Cut.PREFIX, random.Random(1))

    assert (tmp_path / "after").read_bytes() == FLUSHED + UNFLUSHED + BLANK + BLANK
    assert recording.promised(2) == ["after 0 0", "after 0 1"]


def test_a_torn_write_is_there_in_part_or_not_at_all(recording: Recording, tmp_path: Path) -> None:
    seen = set()
    for seed in range(20):
        recording.disk(tmp_path / "after", 4, Cut.TORN, random.Random(seed))
        seen.add((tmp_path / "after").read_bytes()[-SECTOR:])

    assert seen == {BLANK, UNFLUSHED}


def test_random_cuts_keep_some_of_what_was_not_flushed(recording: Recording, tmp_path: Path) -> None:
    seen = set()
    for seed in range(40):
        recording.disk(tmp_path / "after", 4, Cut.RANDOM, random.Random(seed))
        seen.add((tmp_path / "after").read_bytes())

    assert len(seen) == 4
    assert all(content.startswith(FLUSHED) and content[2 * SECTOR : 3 * SECTOR] == FORCED for content in seen)
