"""What systemd, the watchdog and the guards round callbacks do when a part of the program fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_hardware.pattern import Pattern
from tests.board.board import BOOT_WITHIN_S, BUTTONS, LAMPS, Board
from tests.board.card import STATION_FILE, Card
from tests.board.floor import Floor
from tests.board.image import Image
from tests.board.machine import Setting

pytestmark = pytest.mark.board

# The faults' module is put on the path of the station's Python, and of nothing else.
FAULTS = "etc/systemd/system/kanban-station.service.d/faults.conf"
SETTING = "[Service]\nEnvironment=PYTHONPATH=/etc/board/faults\n"


@pytest.fixture(scope="module")
def board(image: Image, card: Card, floor: Floor, folder: Path) -> Iterator[Board]:
    files = {STATION_FILE: floor.station_file, FAULTS: SETTING}
    with Board(image, Setting(card.copy(folder / "data.ext4", files))) as made:
        made.wait(floor.is_followed, "the hub to see the station", BOOT_WITHIN_S)
        yield made


def test_the_service_says_that_it_is_ready_and_its_closed_doors_leave_it_what_it_needs(board: Board) -> None:
    board.wait(
        lambda: _shown(board, "StatusText")["StatusText"].startswith("hub heard, store ok"), "the status"
    )
    shown = _shown(board, "ActiveState,NRestarts,MainPID")

    assert (shown["ActiveState"], shown["NRestarts"]) == ("active", "0")
    user = board.shell.run(f"stat -c %U /proc/{shown['MainPID']}")
    assert user == "kanban"


def test_an_exception_in_one_buttons_callback_leaves_the_other_buttons_alive(
    board: Board, floor: Floor
) -> None:
    pid = _shown(board, "MainPID")["MainPID"]
    seen = board.console.count
    board.shell.run("systemctl kill --kill-whom=main --signal=USR1 kanban-station")
    board.console.expect("the listener is broken", BOOT_WITHIN_S, after=seen)

    board.tap(BUTTONS[1])
    board.console.expect(f"An edge of GPIO {BUTTONS[1]} was lost", BOOT_WITHIN_S, after=seen)
    board.tap(BUTTONS[0])

    floor.wait(lambda: floor.pulled("bracket") == 1)
    assert _shown(board, "MainPID")["MainPID"] == pid


def test_when_the_thread_that_reports_presses_dies_the_watchdog_starts_the_program_anew(
    board: Board, floor: Floor
) -> None:
    restarts = int(_shown(board, "NRestarts")["NRestarts"])
    seen = board.console.count
    board.shell.run("systemctl kill --kill-whom=main --signal=USR2 kanban-station")
    board.tap(BUTTONS[0])  # the thread sleeps until there is an edge, and ends at it

    board.console.expect("the watchdog is not fed: reporting of presses", BOOT_WITHIN_S, after=seen)
    _serves_again(board, floor, restarts)


def test_a_program_that_hangs_is_ended_by_the_watchdog_and_serves_again(board: Board, floor: Floor) -> None:
    restarts = int(_shown(board, "NRestarts")["NRestarts"])

    board.shell.run("systemctl kill --kill-whom=main --signal=STOP kanban-station")

    _serves_again(board, floor, restarts)


def _serves_again(board: Board, floor: Floor, restarts: int) -> None:
    """Wait for the restart and the hub's word, then press: the lamp and the hub must follow."""
    board.console.expect("Watchdog timeout", BOOT_WITHIN_S)
    board.wait(lambda: int(_shown(board, "NRestarts")["NRestarts"]) > restarts, "the restart", BOOT_WITHIN_S)
    board.wait(lambda: _shown(board, "ActiveState")["ActiveState"] == "active", "the service", BOOT_WITHIN_S)
    pulled = floor.pulled("panel")

    board.wait_for_lamp(LAMPS[1], Pattern.OFF if pulled == 0 else Pattern.SLOW, BOOT_WITHIN_S)
    board.tap(BUTTONS[1])
    floor.wait(lambda: floor.pulled("panel") == pulled + 1)


def _shown(board: Board, names: str) -> dict[str, str]:
    """Properties of the station's service, as systemd knows them."""
    told = board.shell.run(f"systemctl show --property={names} kanban-station")
    return dict(line.split("=", 1) for line in told.splitlines())
