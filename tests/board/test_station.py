"""A whole station on the simulated board, and a whole hub: from the button's contact to the lamp's line."""

import pytest

from kanban_hardware.pattern import Pattern
from tests.board.board import BUTTONS, LAMPS, Board
from tests.board.floor import Floor

pytestmark = pytest.mark.board


def test_a_press_lights_the_lamp_and_reaches_the_hub(board: Board, floor: Floor) -> None:
    board.wait_for_lamp(LAMPS[0], Pattern.OFF)

    board.tap(BUTTONS[0])

    board.wait_for_lamp(LAMPS[0], Pattern.SLOW)
    assert floor.pulled("bracket") == 1


def test_the_lamps_seen_from_outside_are_those_that_the_hub_wants(board: Board, floor: Floor) -> None:
    board.tap(BUTTONS[1])
    floor.wait(lambda: floor.pulled("panel") == 1)
    floor.wait(floor.is_followed)

    wanted = floor.station()["lamps_wanted"]["lamps"]
    for slot, line in zip(("1", "2"), LAMPS, strict=True):
        board.wait_for_lamp(line, Pattern(wanted[slot]))


def test_a_code_read_by_the_usb_serial_scanner_reaches_the_hub(board: Board, floor: Floor) -> None:
    assert floor.hub.states("bracket")["bracket-0007"] == "full"

    board.scan_serial("bracket-0007")

    floor.wait(lambda: floor.hub.states("bracket")["bracket-0007"] == "requested")


def test_an_unplugged_serial_scanner_is_reported_lost_and_found_again(board: Board, floor: Floor) -> None:
    board.unplug("scanner")
    floor.wait(lambda: floor.heard("heartbeat")["inputs"]["scanner-1"] == "lost")

    board.replug("scanner")
    floor.wait(lambda: floor.heard("heartbeat")["inputs"]["scanner-1"] == "ok")

    board.scan_serial("bracket-0008")
    floor.wait(lambda: floor.hub.states("bracket")["bracket-0008"] == "requested")


def test_with_the_cable_pulled_a_press_is_kept_and_delivered_afterwards(board: Board, floor: Floor) -> None:
    pulled = floor.pulled("bracket")
    board.link(up=False)
    board.wait_for_lamp(LAMPS[0], Pattern.DOUBLE)

    board.tap(BUTTONS[0])
    board.wait(lambda: _waiting(board) == 1, "the press to be in the outbox")
    assert floor.pulled("bracket") == pulled
    board.link(up=True)

    floor.wait(lambda: floor.pulled("bracket") == pulled + 1)
    board.wait_for_lamp(LAMPS[0], Pattern.SLOW)
    assert _waiting(board) == 0


def _waiting(board: Board) -> int:
    """How many signals the station's own program lists as waiting."""
    program = "/opt/kanban-station/current/bin/kanban-station"
    listed = board.shell.run(f"{program} outbox --config /etc/kanban-station/station.toml")
    return sum(" pull " in line for line in listed.splitlines())
