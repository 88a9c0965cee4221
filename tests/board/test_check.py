"""`kanban-station check` on a real kernel: what it finds, and the test by hand seen from outside."""

import json

import pytest

from tests.board.board import BUTTONS, LAMPS, Board
from tests.board.floor import Floor

pytestmark = [pytest.mark.board, pytest.mark.minutes]

CHECK = (
    "runuser -u kanban -G gpio -G dialout -- /opt/kanban-station/current/bin/kanban-station check"
    " --config /etc/kanban-station/station.toml"
)


def found(board: Board, *options: str) -> dict[str, dict[str, str]]:
    """The last finding of each part."""
    _status, printed = board.shell.try_run(f"{CHECK} --json {' '.join(options)}")
    return {finding["part"]: finding for finding in json.loads(printed)["findings"]}


@pytest.fixture(scope="module")
def stopped(board: Board) -> Board:
    """The board with its station stopped from here on, so that its pins are free."""
    board.shell.run("systemctl stop kanban-station")
    return board


def test_beside_the_running_station_the_check_leaves_its_pins_and_its_name_alone(board: Board) -> None:
    told = found(board)
    assert "kanban-station run" in told["station"]["text"]
    assert "lamp slot-1" not in told
    assert told["broker"]["verdict"] == "note"
    assert told["outbox"]["verdict"] == "ok"


def test_a_held_button_and_a_pin_that_another_program_has_are_found_and_the_rest_is_well(
    stopped: Board, floor: Floor
) -> None:
    take = f"import lgpio, time; lgpio.gpio_claim_output(lgpio.gpiochip_open(0), {LAMPS[1]})"
    python = "/opt/kanban-station/current/bin/python3"
    wait = "open('/run/taken', 'w'); time.sleep(600)"
    stopped.shell.run(f'cd /run; {python} -c "{take}; {wait}" > /dev/null 2>&1 & echo $! > /run/taker')
    stopped.shell.run("timeout 60 sh -c 'until test -e /run/taken; do sleep 0.2; done'")
    stopped.press(BUTTONS[0])
    told = found(stopped)
    stopped.release(BUTTONS[0])
    stopped.shell.run("kill $(cat /run/taker)")

    assert told["button slot-1"]["text"] == f"GPIO {BUTTONS[0]} is closed now"
    assert told["lamp slot-2"]["text"].startswith(f"GPIO {LAMPS[1]} is taken by ")
    assert "pl061" in told["gpiochip"]["text"], "the kernel names its chip"
    well = ("button slot-2", "lamp slot-1", "scanner-1", "data", "outbox", "hub")
    assert {part: told[part]["text"] for part in well if told[part]["verdict"] != "ok"} == {}
