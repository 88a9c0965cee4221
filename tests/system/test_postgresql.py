"""A real hub process on a real PostgreSQL: from press to lamp, through a crash of the server."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.mosquitto import Mosquitto
from tests.postgresql import Postgresql
from tests.system.conftest import PLANT
from tests.system.contract import ContractStation
from tests.system.hub import HubProcess

pytestmark = [pytest.mark.mosquitto, pytest.mark.postgresql]

Join = Callable[..., ContractStation]


@pytest.fixture
def own() -> Iterator[Postgresql]:
    with Postgresql() as made:
        yield made


@pytest.fixture
def hub(tmp_path: Path, broker: Mosquitto, own: Postgresql) -> Iterator[HubProcess]:
    process = HubProcess(tmp_path / "hub", broker, own.database())
    process.load(PLANT)
    process.start()
    yield process
    process.stop()


def test_a_pull_goes_round_and_a_crash_of_the_server_needs_nobody(
    hub: HubProcess, own: Postgresql, join: Join
) -> None:
    assembly, paint = join("assembly"), join("paint")
    assert assembly.send("pull", {"loop": "bracket", "slot": 1})["card"] == "bracket-0001"
    assert paint.lamp(1, "slow")
    assert paint.send("advance", {"loop": "bracket"})["state"] == "accepted"

    own.crash()
    unheard = assembly.signal("pull", {"loop": "bracket"})
    assembly.publish(unheard)
    hub.wait_until(lambda: "nothing was committed" in (hub.data / "hub.log").read_text())
    assert assembly.receipts.empty()
    own.start()

    assembly.publish(unheard)
    assert assembly.receipt(unheard["seq"])["card"] == "bracket-0002"
    assert paint.send("advance", {"loop": "bracket"})["state"] == "accepted"
    states = sorted(hub.states("bracket").values())
    assert states == ["accepted", "accepted", "full", "full"]
    assert not (hub.data / "hub.db").exists()
    assert hub.stop() == 0


def test_a_second_hub_on_the_same_database_ends_at_once(
    hub: HubProcess, own: Postgresql, tmp_path: Path, broker: Mosquitto
) -> None:
    program = [sys.executable, "-c", "from kanban_hub.main import main; main()"]
    where = ["--data", str(tmp_path / "other"), "--database", own.url("plant1"), "--mqtt", broker.url]
    done = subprocess.run([*program, "run", *where], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "another hub works on PostgreSQL" in done.stderr) == (1, True), done.stderr
