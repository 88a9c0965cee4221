"""`kanban-station check` on a real kernel: what it finds, and the test by hand seen from outside."""

import json

import pytest

from tests.board.board import BOOT_WITHIN_S, BUTTONS, LAMPS, Board
from tests.board.floor import Floor

pytestmark = pytest.mark.board

CHECK = (
    "runuser -u kanban -G gpio -G dialout -G input -- /opt/kanban-station/current/bin/kanban-station check"
    " --config /etc/kanban-station/station.toml --json"
)
PRESSES = 2
CODE = "bracket-0007"


def found(printed: str) -> dict[str, dict[str, str]]:
    """The last finding of each part."""
    return {finding["part"]: finding for finding in json.loads(printed)["findings"]}


@pytest.fixture(scope="module")
def stopped(board: Board) -> Board:
    """The board with its station stopped from here on, so that its pins are free."""
    board.shell.run("systemctl stop kanban-station")
    return board


def test_beside_the_running_station_the_check_leaves_its_pins_and_its_name_alone(board: Board) -> None:
    told = found(board.shell.try_run(CHECK)[1])
    assert "kanban-station run" in told["station"]["text"]
    assert "lamp slot-1" not in told
    assert told["broker"]["verdict"] == "note"
    assert told["outbox"]["verdict"] == "ok"


def test_a_held_button_and_a_pin_that_another_program_has_are_found_and_the_rest_is_well(
    stopped: Board, floor: Floor
) -> None:
    take = f"import lgpio, signal; lgpio.gpio_claim_output(lgpio.gpiochip_open(0), {LAMPS[1]})"
    python = "/opt/kanban-station/current/bin/python3"
    wait = "open('/run/taken', 'w'); signal.pause()"
    stopped.shell.run(f'cd /run; {python} -c "{take}; {wait}" > /dev/null 2>&1 & echo $! > /run/taker')
    stopped.shell.run("timeout 60 sh -c 'until test -e /run/taken; do sleep 0.2; done'")
    stopped.press(BUTTONS[0])
    told = found(stopped.shell.try_run(CHECK)[1])
    stopped.release(BUTTONS[0])
    stopped.shell.run("kill $(cat /run/taker)")

    assert told["button slot-1"]["text"] == f"GPIO {BUTTONS[0]} is closed now"
    assert told["lamp slot-2"]["text"].startswith(f"GPIO {LAMPS[1]} is taken by ")
    assert "pl061" in told["gpiochip"]["text"], "the kernel names its chip"
    well = ("button slot-2", "lamp slot-1", "scanner-1", "data", "outbox", "hub")
    assert {part: told[part]["text"] for part in well if told[part]["verdict"] != "ok"} == {}


def test_by_hand_each_lamp_is_lit_alone_each_press_is_heard_and_each_scanner_reads(stopped: Board) -> None:
    visit = Visit(stopped)
    for number, line in enumerate(LAMPS, 1):
        visit.wait_for(f"Lamp {number} of {len(LAMPS)}")
        visit.wait_for("Is this lamp lit", number)
        assert [stopped.lamp(other) for other in LAMPS] == [other == line for other in LAMPS]
        visit.enter()
    for number, (button, lamp) in enumerate(zip(BUTTONS, LAMPS, strict=True), 1):
        visit.wait_for("Press the slot-", number)
        before = lit(stopped, lamp)
        for press in range(1, PRESSES + 1):
            stopped.tap(button)
            visit.wait_for(f"  {press} of {PRESSES}", number)
        assert lit(stopped, lamp) == before + PRESSES, "a lit button's lamp answers each press"
    for number, scan in enumerate((stopped.scan_serial, stopped.scan_wedge), 1):
        visit.wait_for(f"Scanner {number} of 2")
        scan(CODE)
        visit.wait_for(f"read: '{CODE}'", number)

    told = found(visit.found())
    tried = ("lamp slot-1", "lamp slot-2", "button slot-1", "button slot-2", "scanner-1", "scanner-2")
    assert {part: told[part]["text"] for part in tried if told[part]["verdict"] != "ok"} == {}
    assert told["button slot-2"]["text"].startswith(f"{PRESSES} of {PRESSES} presses seen")


def lit(board: Board, line: int) -> int:
    """How often the lamp went on since the power came."""
    return sum(edge.level for edge in board.pins.edges(line))


class Visit:
    """Somebody at the board's terminal who tests by hand. Must be used to its end."""

    def __init__(self, board: Board) -> None:
        self._board = board
        typing = "mkfifo /run/typed; sleep 3600 > /run/typed & echo $! > /run/typist"
        check = f"{CHECK} --no-hub --interactive --presses {PRESSES}"
        told = "< /run/typed > /run/found 2> /run/said; touch /run/ended"
        board.shell.run(f"{typing}; ( {check} {told} ) &")

    def wait_for(self, text: str, times: int = 1) -> None:
        """Until the test has said `text` so many times."""
        self._board.wait(lambda: self._said().count(text) >= times, text, BOOT_WITHIN_S)

    def enter(self) -> None:
        """Press the Enter key."""
        self._board.shell.run("echo > /run/typed")

    def found(self) -> str:
        """What is printed at the end."""
        self._board.wait(lambda: "ended" in self._board.shell.run("ls /run"), "the end", BOOT_WITHIN_S)
        self._board.shell.run("kill $(cat /run/typist)")
        return self._board.shell.run("cat /run/found")

    def _said(self) -> str:
        return self._board.shell.run("cat /run/said")
