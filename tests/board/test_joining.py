"""A certificate on the board, from the one-time code to its renewal by systemd's units."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_hardware.pattern import Pattern
from kanban_hub.identity.authority import Authority
from tests.board.board import BOOT_WITHIN_S, BUTTONS, HOST, LAMPS, Board
from tests.board.card import STATION_FILE, Card
from tests.board.floor import PLANT, STATION
from tests.board.floor import STATION_FILE as STATION_SETTINGS
from tests.board.image import Image
from tests.board.machine import Setting
from tests.mosquitto import free_port
from tests.system.hub import HubProcess
from tests.system.securebroker import SecureBroker
from tests.system.typed import kanban_hub, load_plant

pytestmark = pytest.mark.board

PROGRAM = "/opt/kanban-station/current/bin/kanban-station"
FILE = f"/{STATION_FILE}"
AUTHORITY = "etc/kanban-station/ca.crt"
PAIR = "readlink /var/lib/kanban-station/identity/current"
# Two thirds of 90 days, and one.
LATER_S = 61 * 86_400


@pytest.fixture(scope="module")
def data(folder: Path) -> Path:
    """A hub's directory with a plant, and what a broker needs that the board reaches too."""
    made = folder / "hub"
    load_plant(made, PLANT)
    kanban_hub(made, "broker", "127.0.0.1", HOST)
    return made


@pytest.fixture(scope="module")
def broker(folder: Path, data: Path) -> Iterator[SecureBroker]:
    with SecureBroker(folder, data / "identity" / "broker") as made:
        yield made


@pytest.fixture(scope="module")
def door() -> str:
    return f"{HOST}:{free_port()}"


@pytest.fixture(scope="module")
def hub(data: Path, broker: SecureBroker, door: str) -> Iterator[HubProcess]:
    made = HubProcess(data, broker)
    made.start("--door", door.replace(HOST, "127.0.0.1"), "--door-name", HOST)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def board(image: Image, card: Card, broker: SecureBroker, hub: HubProcess, folder: Path) -> Iterator[Board]:
    settings = STATION_SETTINGS.format(port=broker.port).replace("mqtt://", "mqtts://")
    files = {STATION_FILE: settings, AUTHORITY: Authority.open(hub.data, 0).bundle.decode()}
    with Board(image, Setting(card.copy(folder / "data.ext4", files))) as made:
        made.console.expect("station started", BOOT_WITHIN_S)
        yield made


def test_a_running_station_joins_by_its_code_and_is_heard(board: Board, hub: HubProcess, door: str) -> None:
    running = _running(board)
    told = dict(line.split() for line in kanban_hub(hub.data, "station", "code", STATION).splitlines())

    joined = board.shell.run(
        f"KANBAN_JOIN_CODE={told['code']} setpriv --reuid=kanban --regid=kanban --clear-groups "
        f"{PROGRAM} join --config {FILE} --hub https://{door} --ca /{AUTHORITY}"
    )

    assert joined.startswith(f"joined as {STATION}")
    board.wait_for_lamp(LAMPS[0], Pattern.OFF)  # dark, as the hub wants it
    board.tap(BUTTONS[0])
    board.wait(lambda: _pulled(hub) == 1, "the press to arrive")
    assert _running(board) == running


def test_its_certificate_is_renewed_by_the_unit_and_the_running_station_takes_the_new_one(
    board: Board, hub: HubProcess
) -> None:
    running, pair, seen = _running(board), board.shell.run(PAIR), board.console.count
    board.shell.run("systemctl start kanban-station-renew.timer kanban-station-renew.service")
    board.console.expect("good until .*; renewed from .* on", BOOT_WITHIN_S, after=seen)
    assert board.shell.run(PAIR) == pair

    board.shell.run(f"date -s @$(($(date +%s) + {LATER_S}))")
    board.shell.run("systemctl start kanban-station-renew.service")

    board.console.expect("renewed until", BOOT_WITHIN_S, after=seen)
    assert board.shell.run(PAIR) != pair
    board.console.expect("connecting anew", BOOT_WITHIN_S, after=seen)
    board.tap(BUTTONS[0])
    board.wait(lambda: _pulled(hub) == 2, "the press to arrive by the new connection")
    assert _running(board) == running


def _running(board: Board) -> str:
    return board.shell.run("systemctl show --property=MainPID kanban-station")


def _pulled(hub: HubProcess) -> int:
    return sum(state != "full" for state in hub.states("bracket").values())
