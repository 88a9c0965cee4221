"""What a station that runs has in memory, and what it must never load: each Pi has little of it."""

import subprocess
import sys

import pytest

from tests.device.test_config import MINIMAL

# The hub's libraries, what only the other commands need, and what is large and serves nothing here.
NEVER = {
    "asyncio", "cryptography", "flask", "jinja2", "kanban_hub", "kanban_simulator", "luma", "multiprocessing",
    "numpy", "PIL", "pkg_resources", "pydoc", "setuptools", "sqlalchemy", "unittest", "xml",
    "kanban_device.check", "kanban_device.listing", "kanban_device.tryout", "kanban_device.update.command",
    "kanban_hardware.drawing",
}  # fmt: skip

START = """
import sys
from pathlib import Path
from kanban_device import config, running
program = running.build(config.load(Path(sys.argv[1])))
program.start()
program.turn()
program.close()
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("station")
    path = folder / "station.toml"
    data = f'"{folder / "data"}"\nlanguage = "de"'
    path.write_text(MINIMAL.replace('"data"', data).replace(":1883", ":9"))
    done = subprocess.run(
        [sys.executable, "-c", START, str(path)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_running_station_has_loaded_nothing_that_it_does_not_need(loaded: set[str]) -> None:
    assert {"gpiozero", "paho.mqtt.client", "kanban_device.station"} <= loaded
    assert NEVER & loaded == set()
