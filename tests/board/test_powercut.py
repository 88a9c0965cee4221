"""Power cuts at any moment: the outbox on a disk whose every write is recorded, cut and looked at."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kanban_device import schema
from kanban_device.outbox import Outbox
from kanban_device.salvage import FILE
from tests.board.board import BOOT_WITHIN_S, Board
from tests.board.card import Card
from tests.board.image import Image, make_disk, sbin
from tests.board.machine import Setting
from tests.board.powercut import Cut, Recording
from tests.board.tools import run

pytestmark = pytest.mark.board

DISK_MIB = 24
STORED = 300
STATES = 25
FILES = (FILE, f"{FILE}-wal", "outbox.epoch")
START = "board.run=/etc/board/powercut/start"

Record = Callable[[str], Recording]


@pytest.fixture(scope="module")
def record(image: Image, card: Card, folder: Path) -> Record:
    """Gives the recording of a board that stores signals until its power is cut."""

    def _record(mounted: str) -> Recording:
        place = folder / mounted
        place.mkdir()
        (place / "empty").mkdir()
        make_disk(place / "disk", place / "empty", DISK_MIB)
        recording = Recording(place / "disk", place)

        def hear(line: str) -> None:
            if line.startswith("stored "):
                recording.mark(line.split()[2])

        words = f"{START} board.data={mounted}"
        setting = Setting(card.copy(place / "data", {}), words=words, options=recording.options, on_line=hear)
        with Board(image, setting) as board:
            board.console.expect(f"^stored {STORED} ", BOOT_WITHIN_S)
        recording.stop()
        return recording

    return _record


@pytest.fixture(scope="module")
def recording(record: Record) -> Recording:
    return record("barrier")


@pytest.mark.parametrize("cut", list(Cut))
def test_a_power_cut_loses_nothing_that_was_shown_as_stored(
    recording: Recording, tmp_path: Path, cut: Cut
) -> None:
    assert _lost(recording, cut, tmp_path) == []


def test_on_a_disk_that_is_never_told_to_flush_the_same_cuts_lose_signals(
    record: Record, tmp_path: Path
) -> None:
    unflushed = record("nobarrier")

    assert len(_lost(unflushed, Cut.LOST, tmp_path)) > STATES // 2


def _lost(recording: Recording, cut: Cut, folder: Path) -> list[str]:
    """Of cuts at random moments, what is wrong afterwards: a line for each."""
    chance = random.Random(f"power cut: {cut}")
    return [
        f"cut after request {moment}: {fault}"
        for moment in recording.moments(STATES, chance)
        if (fault := _fault(recording, moment, cut, chance, folder))
    ]


def _fault(recording: Recording, moment: int, cut: Cut, chance: random.Random, folder: Path) -> str | None:
    """What the outbox lacks after one cut, when the kernel has mended its disk and our code its file."""
    disk = folder / "disk"
    recording.disk(disk, moment, cut, chance)
    run("sh", "-c", f'{sbin("e2fsck")} -fy "$1" || test $? -le 3', "sh", str(disk))
    place = folder / f"after-{moment}-{len(list(folder.iterdir()))}"
    place.mkdir()
    for name in FILES:
        run(sbin("debugfs"), "-R", f"dump {name} {place / name}", str(disk))
    (place / "outbox.db-wal").touch()
    outbox = Outbox(place, lambda: "0" * 16)
    try:
        if outbox.salvage is not None:
            return f"the outbox had to be salvaged: {outbox.salvage}"
        kept = {row.id for row in schema.rows(outbox._connection.execute(schema.SELECT))}
        missing = [name for name in recording.promised(moment) if name not in kept]
        return f"{len(missing)} of {len(recording.promised(moment))} signals are gone" if missing else None
    finally:
        outbox.close()
