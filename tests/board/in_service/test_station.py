"""A whole station on the simulated board, and a whole hub: from the button's contact to the lamp's line."""

import pytest

from kanban_hardware.pattern import Pattern
from tests.board.board import BUTTONS, LAMPS, Board
from tests.board.floor import Floor

pytestmark = pytest.mark.board

# A plug to the station's name for what hangs on it.
PLUGS = {"scanner": "scanner-1", "wedge": "scanner-2"}


def test_a_press_lights_the_lamp_and_reaches_the_hub(board: Board, floor: Floor) -> None:
    board.wait_for_lamp(LAMPS[0], Pattern.OFF)

    board.tap(BUTTONS[0])

    board.wait_for_lamp(LAMPS[0], Pattern.SLOW)
    assert floor.pulled("bracket") == 1


def test_presses_that_come_and_go_while_the_program_is_held_up_reach_the_hub(
    board: Board, floor: Floor
) -> None:
    pulled = {loop: floor.pulled(loop) for loop in ("bracket", "panel")}
    board.shell.run("systemctl kill --kill-whom=main --signal=STOP kanban-station")
    for button in BUTTONS:
        board.tap(button)
    board.shell.run("systemctl kill --kill-whom=main --signal=CONT kanban-station")

    floor.wait(lambda: all(floor.pulled(loop) == before + 1 for loop, before in pulled.items()))


def test_the_lamps_seen_from_outside_are_those_that_the_hub_wants(board: Board, floor: Floor) -> None:
    pulled = floor.pulled("panel")
    board.tap(BUTTONS[1])
    floor.wait(lambda: floor.pulled("panel") == pulled + 1)
    floor.wait(floor.is_followed)

    wanted = floor.station()["lamps_wanted"]["lamps"]
    for slot, line in zip(("1", "2"), LAMPS, strict=True):
        board.wait_for_lamp(line, Pattern(wanted[slot]))


def test_a_code_read_by_the_usb_serial_scanner_reaches_the_hub(board: Board, floor: Floor) -> None:
    board.scan_serial("bracket-0007")

    floor.wait(lambda: floor.hub.states("bracket")["bracket-0007"] == "requested")


def test_a_code_typed_by_a_scanner_that_is_a_keyboard_reaches_the_hub(board: Board, floor: Floor) -> None:
    board.scan_wedge("bracket-0009")

    floor.wait(lambda: floor.hub.states("bracket")["bracket-0009"] == "requested")


def test_scanners_that_are_pulled_out_are_reported_lost_and_work_again_when_plugged_in(
    board: Board, floor: Floor
) -> None:
    for device in PLUGS:
        board.unplug(device)
    for part in PLUGS.values():
        floor.wait_for_input(part, "lost")
    for device in PLUGS:
        board.replug(device)
    for part in PLUGS.values():
        floor.wait_for_input(part, "ok")

    board.scan_serial("bracket-0008")
    board.scan_wedge("bracket-0010")
    floor.wait(lambda: floor.hub.states("bracket")["bracket-0008"] == "requested")
    floor.wait(lambda: floor.hub.states("bracket")["bracket-0010"] == "requested")


def test_the_pipe_that_lgpio_makes_lies_in_memory_and_not_on_the_card(board: Board) -> None:
    assert ".lgd-nfy" in board.shell.run("ls -A /run/kanban-station")
    assert board.shell.try_run("find / -xdev -name '.lgd-nfy*' | grep .")[0] != 0


def test_with_the_cable_pulled_a_press_is_kept_and_delivered_afterwards(board: Board, floor: Floor) -> None:
    pulled = floor.pulled("bracket")
    board.link(up=False)
    board.wait_for_lamp(LAMPS[0], Pattern.DOUBLE)

    board.tap(BUTTONS[0])
    board.wait(lambda: board.waiting() == 1, "the press to be in the outbox")
    assert floor.pulled("bracket") == pulled
    board.link(up=True)

    floor.wait(lambda: floor.pulled("bracket") == pulled + 1)
    board.wait_for_lamp(LAMPS[0], Pattern.SLOW)
    board.wait(lambda: board.waiting() == 0, "the outbox to be empty")
