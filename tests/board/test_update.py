"""Releases on the board, by systemd's units and Python's own installer: a broken one, then a good one."""

import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanban_device.update import course
from kanban_device.update.layout import Layout
from kanban_device.update.state import Memory
from kanban_hub.identity.authority import Authority
from kanban_hub.releases.building import copy, prepare
from kanban_hub.releases.folder import sign, write_manifest
from kanban_hub.releases.rollout import Rollout, RolloutState, turns_of
from kanban_hub.releases.shelf import Shelf
from kanban_hub.releases.signing import make_key, private_key
from kanban_hub.releases.wheel import project_of
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import url_of
from tests.board.board import BOOT_WITHIN_S, BUTTONS, LAMPS, Board
from tests.board.card import SIZE_MIB, STATION_FILE, Card, fill, install, our_wheel
from tests.board.floor import STATION, Floor
from tests.board.image import Image, make_disk
from tests.board.machine import Setting

pytestmark = pytest.mark.board

# Imported well, and so found good by all that is tried before the switch; its run fails.
FAULT = (
    b"\n\ndef _fail(program, stop):\n    raise RuntimeError('a fault of the test')\n\n\nProgram.run = _fail\n"
)
DOOR = """
[hub]
url = "https://{door}"
ca = "/etc/kanban-station/ca.crt"
"""
BROKEN, GOOD = 2, 3
# An emulated processor takes minutes to unpack and to compile a release.
INSTALLED_WITHIN_S = 900.0


@pytest.fixture(scope="module")
def wheel(folder: Path) -> Path:
    return our_wheel(folder / "wheel")


@pytest.fixture(scope="module")
def key(image: Image, wheel: Path, floor: Floor, folder: Path) -> Path:
    """The public key of the release that lies at the hub: everything that a station needs, and our wheel."""
    private, public = make_key(folder / "key", None)
    release = folder / "release"
    prepare(release)
    copy(image.wheels, release)
    copy(wheel.parent, release)
    write_manifest(release, GOOD, project_of(wheel)[1], 0, (datetime.now(UTC) - timedelta(hours=1), 30))
    sign(release, private_key(private, None))
    shelf = Shelf(floor.hub.data)
    shelf.trust(public)
    shelf.add(release)
    return public


@pytest.fixture(scope="module")
def board(image: Image, wheel: Path, key: Path, floor: Floor, folder: Path) -> Iterator[Board]:
    """A board that is switched on right after its updater has switched to a release that is broken."""
    content, disk = folder / "card", folder / "trial.ext4"
    fill(image, wheel, content)
    install(image, _broken(wheel, folder / "broken.whl"), content / f"releases/releases/{BROKEN}")
    (content / f"releases/releases/{BROKEN}/whole").touch()
    Memory(Layout(content / "releases")).change(lambda state: course.begun(state, BROKEN))
    make_disk(disk, content, SIZE_MIB, "-L", "KANBAN-DATA")
    files = {
        STATION_FILE: floor.station_file + DOOR.format(door=floor.door),
        "etc/kanban-station/release.pub": key.read_text(),
        "etc/kanban-station/ca.crt": Authority.open(floor.hub.data, _now_ms()).bundle.decode(),
    }
    with Board(image, Setting(Card(disk).copy(folder / "data.ext4", files))) as made:
        yield made


def test_a_release_that_ends_at_once_is_given_up_over_a_power_cut_and_the_one_before_serves(
    board: Board, floor: Floor
) -> None:
    board.console.expect("a fault of the test", BOOT_WITHIN_S)
    board.cut()
    board.power_on()

    board.wait(floor.is_followed, "release 1 to serve", 2 * BOOT_WITHIN_S)
    returned = {"release": BROKEN, "step": "returned", "fault": "not_started"}
    board.wait(lambda: _told(floor) == (1, returned), "the hub to be told that release 2 was led back")
    board.tap(BUTTONS[0])
    floor.wait(lambda: floor.pulled("bracket") == 1)


def test_a_good_release_is_fetched_from_the_hub_installed_and_proves_itself_and_serves(
    board: Board, floor: Floor
) -> None:
    store = DatabaseStore(url_of(floor.hub.data, None))
    turns = turns_of([STATION], 1, 1)
    with store.rollouts() as book:
        book.add(Rollout(0, GOOD, turns, prove_ms=0, force=False, made_ms=_now_ms()))

    def is_done() -> bool:
        with store.rollouts(writes=False) as book:
            (found,) = book.rollouts(1)
        assert found.state is not RolloutState.STOPPED, found.turns
        return found.state is RolloutState.DONE

    board.wait(is_done, "the hub to be told of the new release", INSTALLED_WITHIN_S)
    store.close()
    board.wait(lambda: _told(floor) == (GOOD, None), "the word on the new release")
    assert board.shell.run("readlink /opt/kanban-station/updater").endswith(f"/{GOOD}")
    pulled = floor.pulled("panel")
    board.tap(BUTTONS[1])
    floor.wait(lambda: floor.pulled("panel") == pulled + 1)
    floor.wait(floor.is_followed)
    board.wait(lambda: board.lamp(LAMPS[1]), "the lamp")


def _told(floor: Floor) -> tuple[object, object]:
    """Which release the station says that it runs, and what became of its update."""
    beat = floor.heard("heartbeat") or {}
    return beat.get("release"), beat.get("update")


def _now_ms() -> int:
    return int(time.time() * 1000)


def _broken(wheel: Path, target: Path) -> Path:
    """The same wheel with a program that ends at once."""
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w") as broken:
        for name in whole.namelist():
            fault = FAULT if name == "kanban_device/program.py" else b""
            broken.writestr(name, whole.read(name) + fault)
    return target
