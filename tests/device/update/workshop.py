"""A machine with a service manager, a clock and small releases; the updater on it is the real one."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kanban_device.update import course, installation
from kanban_device.update.installation import Station
from kanban_device.update.layout import Layout
from kanban_device.update.machine import Machine, Place, Step
from kanban_device.update.policy import Now
from kanban_device.update.source import FolderSource
from kanban_device.update.state import Memory
from kanban_device.update.updater import Updater
from kanban_device.vitals import Vitals
from kanban_protocol import release
from kanban_protocol.release import Manifest, ReleaseFile
from kanban_protocol.signals import Clock
from tests.wheels import write_wheel

MADE = datetime(2026, 11, 1, tzinfo=UTC)
WELL, CRASHING, SILENT, DEAF, BLIND = "well", "crashing", "silent", "deaf", "blind"


class Shop:
    """Makes signed releases in folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = Ed25519PrivateKey.generate()

    def make(self, number: int, *, days: int = 365, minimum: int = 0, version: str | None = None) -> Path:
        version = version or f"0.{number}"
        folder = self.folder / str(number)
        folder.mkdir(parents=True)
        write_wheel(folder, "click", "8.1")
        write_wheel(folder, "kanban_signal_station", version, modules=program(version), scripts=SCRIPTS)
        files = [file_of(path) for path in sorted(folder.glob("*.whl"))]
        made_at = MADE + timedelta(days=number)
        manifest = Manifest(
            v=1,
            number=number,
            version=version,
            made_at=made_at,
            expires_at=made_at + timedelta(days=days),
            minimum=minimum,
            files=files,
        )
        payload = manifest.encode()
        (folder / release.MANIFEST).write_bytes(payload)
        (folder / release.SIGNATURE).write_bytes(self.key.sign(payload))
        return folder

    def source(self, number: int) -> FolderSource:
        return FolderSource(self.folder / str(number))


def file_of(wheel: Path) -> ReleaseFile:
    """A wheel for every station, as a manifest names it."""
    return ReleaseFile(
        name=wheel.name,
        sha256=release.sha256_of(wheel),
        size_bytes=wheel.stat().st_size,
        python="py3",
        machine="any",
    )


# Started, it is happy with any arguments, as long as the file that they name is there.
SCRIPTS = {"kanban-station": "kanban_device.build:main"}


def program(version: str) -> dict[str, str]:
    """The least that is a program of this name."""
    main = f"""
import os, sys

def main() -> None:
    assert all(os.path.exists(word) for word in sys.argv if word.endswith(".toml"))
    print("kanban-station, version {version}")
"""
    return {"kanban_device/__init__.py": "", "kanban_device/build.py": main}


class Service:
    """As systemd does with the station: counts each start, starts what `current` leads to, again if it ends.

    What runs lies in a file, because it outlives a killed updater.
    """

    def __init__(self, layout: Layout, vitals: Path) -> None:
        self.layout = layout
        self.vitals = vitals
        self.ways: dict[int, str] = {}
        self.unsent = 0
        self._running = vitals.with_name("running")

    @property
    def running(self) -> int:
        return int(self._running.read_text()) if self._running.exists() else 0

    def restart(self) -> None:
        for _ in range(10):
            Memory(self.layout).change(course.started)
            number = int(self.layout.current.resolve().name)
            self._running.write_text(str(number))
            self.vitals.unlink(missing_ok=True)
            if self.ways.get(number) != CRASHING:
                return

    def show(self, now_s: float, up_s: float) -> None:
        way = self.ways.get(self.running, WELL)
        if not self.running or way in (CRASHING, SILENT):
            return
        found = Vitals(
            release=self.running,
            at_s=now_s,
            up_s=up_s,
            outbox=None if way == BLIND else self.unsent,
            panel=True,
            linked=way != DEAF,
            beats=0 if way == DEAF else 3,
        )
        self.vitals.write_bytes(msgspec.json.encode(found))


class Workshop:
    """One station's machine."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shop = Shop(folder / "shop")
        self.data = folder / "data"
        self.data.mkdir()
        (self.data / "outbox.db").write_bytes(b"what waits")
        self.layout = Layout(folder / "opt")
        self.service = Service(self.layout, folder / "vitals.json")
        self.time_s = 1_000.0
        self.wall = MADE + timedelta(days=30)
        self.quality = Clock.SYNC
        self.is_network_there = True
        self.python = (3, 11)
        monkeypatch.setattr(installation, "install", fake_install)
        monkeypatch.setattr(installation, "try_out", fake_try_out)

    def updater(self, step: Callable[[Step], None] = lambda _: None) -> Updater:
        place = Place(Station(self.data / "station.toml", self.data), self.keys, self.service.vitals)
        machine = Machine(
            python=self.python,
            name="aarch64",
            now=lambda: Now(self.wall, self.quality),
            now_s=lambda: self.time_s,
            wait=self.wait,
            restart=self.restart,
            is_network_there=lambda: self.is_network_there,
            step=step,
        )
        return Updater(self.layout, place, machine)

    def keys(self) -> list[Ed25519PublicKey]:
        return [self.shop.key.public_key()]

    def restart(self) -> None:
        self.started_s = self.time_s
        self.service.restart()

    def wait(self, seconds: float) -> None:
        """Time passes in the steps of a heartbeat."""
        self.time_s += max(seconds, 10.0)
        self.service.show(self.time_s, self.time_s - getattr(self, "started_s", 0.0))

    def run(self, number: int) -> None:
        """Have the first release `number` run, as a fresh card does."""
        self.shop.make(number)
        self.updater().install(self.shop.source(number), force=False)
        self.restart()
        self.wait(60)


def fake_install(target: Path, folder: Path, files: list[ReleaseFile]) -> None:
    """Unpacked is what counts here; `test_installation` has the real one."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "bin").mkdir(parents=True)
    for file in files:
        shutil.copy(folder / file.name, target)


def fake_try_out(target: Path, version: str, station: Station) -> None:
    assert list(target.glob(f"kanban_signal_station-{version}-*.whl"))
