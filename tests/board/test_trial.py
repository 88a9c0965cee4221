"""A release on trial, as the updater leaves the card when it switches: by systemd's units, on the board."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_device.update import course
from kanban_device.update.layout import Layout
from kanban_device.update.state import Memory
from tests.board.board import BOOT_WITHIN_S, BUTTONS, Board
from tests.board.card import SIZE_MIB, STATION_FILE, Card, fill, install, our_wheel
from tests.board.floor import Floor
from tests.board.image import Image, make_disk
from tests.board.machine import Setting

pytestmark = [pytest.mark.board, pytest.mark.minutes]

# Imported well, and so found good by all that is tried before the switch; its run fails.
FAULT = (
    b"\n\ndef _fail(program, stop):\n    raise RuntimeError('a fault of the test')\n\n\nProgram.run = _fail\n"
)


@pytest.fixture(scope="module")
def board(image: Image, floor: Floor, folder: Path) -> Iterator[Board]:
    """A board that is switched on right after its updater has switched to release 2, which is broken."""
    content, disk = folder / "card", folder / "trial.ext4"
    wheel = our_wheel(folder / "wheel")
    fill(image, wheel, content)
    install(image, _broken(wheel, folder / "broken.whl"), content / "releases/releases/2")
    (content / "releases/releases/2/whole").touch()
    Memory(Layout(content / "releases")).change(lambda state: course.begun(state, 2))
    make_disk(disk, content, SIZE_MIB, "-L", "KANBAN-DATA")
    files = {STATION_FILE: floor.station_file}
    with Board(image, Setting(Card(disk).copy(folder / "data.ext4", files))) as made:
        yield made


def test_a_release_that_ends_at_once_is_given_up_over_a_power_cut_and_the_one_before_serves(
    board: Board, floor: Floor
) -> None:
    board.console.expect("a fault of the test", BOOT_WITHIN_S)
    board.cut()
    board.power_on()

    board.wait(floor.is_followed, "release 1 to serve", 2 * BOOT_WITHIN_S)
    floor.wait(lambda: floor.heard("heartbeat") is not None)
    beat = floor.heard("heartbeat")
    assert (beat["release"], beat["update"]) == (
        1,
        {"release": 2, "step": "returned", "fault": "not_started"},
    )
    board.tap(BUTTONS[0])
    floor.wait(lambda: floor.pulled("bracket") == 1)


def _broken(wheel: Path, target: Path) -> Path:
    """The same wheel with a program that ends at once."""
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(target, "w") as broken:
        for name in whole.namelist():
            fault = FAULT if name == "kanban_device/program.py" else b""
            broken.writestr(name, whole.read(name) + fault)
    return target
