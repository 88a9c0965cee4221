"""Boots as a plant has them: no clock, a finger on the button, and the power gone before the network came."""

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

LONG_AGO = "2020-01-01T00:00:00"


@pytest.fixture(scope="module")
def board(image: Image, card: Card, floor: Floor, folder: Path) -> Iterator[Board]:
    """A board that wakes in 2020 with its second button held down."""
    disk = card.copy(folder / "data.ext4", {STATION_FILE: floor.station_file})
    made = Board(image, Setting(disk, wakes_at=LONG_AGO))
    try:
        made.power_on(held=BUTTONS[1:])
        made.wait(floor.is_followed, "the hub to see the station", BOOT_WITHIN_S)
        yield made
    finally:
        made.cut()


def test_a_button_held_at_boot_is_one_fault_and_no_signal_until_it_is_let_go(
    board: Board, floor: Floor
) -> None:
    floor.wait_for_input("slot-2", "stuck")
    board.wait_for_lamp(LAMPS[1], Pattern.DOUBLE)
    assert floor.signals() == []

    board.release(BUTTONS[1])
    floor.wait_for_input("slot-2", "ok")
    assert floor.signals() == []

    board.tap(BUTTONS[1])
    floor.wait(lambda: floor.pulled("panel") == 1)


def test_a_board_that_wakes_in_2020_never_takes_its_clock_for_right(board: Board, floor: Floor) -> None:
    assert floor.station()["clock"] in {"unset", "held"}  # systemd lifts the year to that of its own making


def test_a_clock_that_jumps_back_and_forth_changes_neither_order_nor_lamps(
    board: Board, floor: Floor
) -> None:
    before = len(floor.signals())
    for jump, button in (("2020-02-02", BUTTONS[0]), ("2031-03-03", BUTTONS[1]), ("2027-04-04", BUTTONS[0])):
        board.shell.run(f"date -s {jump}")
        _press(board, floor, button)

    jumped = floor.signals()[before:]
    assert [event["loop"] for event in jumped] == ["bracket", "panel", "bracket"]
    assert [event["clock"] for event in jumped] == ["unset", "held", "held"]
    board.wait_for_lamp(LAMPS[0], Pattern.SLOW)
    floor.wait(floor.is_followed)


def test_presses_before_a_power_cut_arrive_after_it_in_their_order(board: Board, floor: Floor) -> None:
    before = len(floor.signals())
    board.link(up=False)
    for button in (BUTTONS[1], BUTTONS[0], BUTTONS[1]):
        board.tap(button)
    board.wait(lambda: board.waiting() == 3, "the presses to be in the outbox")

    board.cut()
    board.power_on()

    board.wait(lambda: len(floor.signals()) == before + 3, "the presses to arrive", BOOT_WITHIN_S)
    assert [event["loop"] for event in floor.signals()[before:]] == ["panel", "bracket", "panel"]


def _press(board: Board, floor: Floor, button: int) -> None:
    """Press, and wait until the hub has taken it."""
    count = len(floor.signals())
    board.tap(button)
    floor.wait(lambda: len(floor.signals()) == count + 1)
