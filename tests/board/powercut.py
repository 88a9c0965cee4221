"""Every write to a disk, recorded by QEMU, and the disk as a power cut at any moment would have left it.

QEMU's `blklogwrites` writes the log of the kernel's dm-log-writes: a super block, then for each request a
head of one sector (sector, count of sectors, flags, length) and its data.
"""

import random
import shutil
import struct
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SECTOR = 512
HEAD = struct.Struct("<QQQQ")
FLUSH, FUA, DISCARD = 1, 2, 4


class Cut(StrEnum):
    """What a disk keeps of the writes since its last flush; what was flushed before, it always keeps."""

    PREFIX = "prefix"  # all of them
    TORN = "torn"  # all, the last one only in part
    LOST = "lost"  # none: its cache was volatile
    RANDOM = "random"  # some, since a cache is written in any order


@dataclass(frozen=True)
class Request:
    """One request to the disk. `at` is where its head begins in the log, `data` where its content does."""

    at: int
    sector: int
    sectors: int
    flags: int
    data: int

    @property
    def is_write(self) -> bool:
        return self.sectors > 0 and not self.flags & DISCARD


class Recording:
    """A disk that is recorded. `options` are QEMU's; `mark` is called when something was shown as stored."""

    def __init__(self, disk: Path, folder: Path) -> None:
        self._before = folder / "before"
        self._log = folder / "writes"
        shutil.copy(disk, self._before)
        self._log.touch()
        self._marks: list[tuple[int, str]] = []
        self.options = (
            *("-blockdev", f"driver=file,filename={disk},node-name=recorded-file"),
            *("-blockdev", f"driver=file,filename={self._log},node-name=recorded-log"),
            *(
                "-blockdev",
                f"driver=blklogwrites,node-name=recorded,file=recorded-file,log=recorded-log,log-sector-size={SECTOR}",
            ),
            *("-device", "virtio-blk-pci,drive=recorded,write-cache=on,addr=8"),
        )

    def mark(self, name: str) -> None:
        """Note that `name` has been shown as stored by now."""
        self._marks.append((self._log.stat().st_size, name))

    def stop(self) -> None:
        """The power is off: read what was recorded."""
        self._content = self._log.read_bytes()
        self._requests = self._parse()

    def moments(self, count: int, chance: random.Random) -> list[int]:
        """Requests at random after which the power is cut, once something was stored."""
        first = next(index for index, request in enumerate(self._requests) if request.at >= self._marks[0][0])
        return [chance.randrange(first, len(self._requests)) for _ in range(count)]

    def promised(self, moment: int) -> list[str]:
        """What had been shown as stored when the request `moment` was made, in order."""
        known = bisect_right([at for at, _ in self._marks], self._requests[moment].at)
        return [name for _, name in self._marks[:known]]

    def disk(self, target: Path, moment: int, cut: Cut, chance: random.Random) -> None:
        """The disk after a power cut right after the request `moment`."""
        shutil.copy(self._before, target)
        flushed = max(
            (i for i, one in enumerate(self._requests[: moment + 1]) if one.flags & FLUSH), default=-1
        )
        with target.open("r+b") as disk:
            for index, request in enumerate(self._requests[: moment + 1]):
                if request.is_write:
                    is_kept = index <= flushed or request.flags & FUA or _survives(cut, chance)
                    sectors = request.sectors if is_kept else 0
                    if cut is Cut.TORN and index == moment:
                        sectors = chance.randrange(request.sectors + 1)
                    disk.seek(request.sector * SECTOR)
                    disk.write(self._content[request.data : request.data + sectors * SECTOR])

    def _parse(self) -> list[Request]:
        requests: list[Request] = []
        at = SECTOR
        while at + SECTOR <= len(self._content):
            sector, sectors, flags, _ = HEAD.unpack_from(self._content, at)
            if (sector, sectors, flags) == (0, 0, 0):
                break
            request = Request(at, sector, sectors, flags, at + SECTOR)
            at = request.data + (sectors * SECTOR if request.is_write else 0)
            if at > len(self._content):
                break
            requests.append(request)
        return requests


def _survives(cut: Cut, chance: random.Random) -> bool:
    return cut in {Cut.PREFIX, Cut.TORN} or (cut is Cut.RANDOM and chance.random() < 0.5)
