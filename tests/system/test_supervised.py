"""The real program under a supervisor: what it hears, also when a thread of the firmware hangs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.device.test_config import MINIMAL

WITHIN_S = 30.0
FEED_S = 0.5  # the main loop turns as often, whatever the watchdog's time is
# The program as it is, and a hand that hangs one of its threads for ever at a signal.
PROGRAM = """
import signal, threading
from kanban_device.main import main
from kanban_hardware.panel import Panel

is_hung, turn = threading.Event(), Panel._turn

def hang(*_):
    threading.Event().wait()

Panel._turn = lambda panel, at_s: hang() if is_hung.is_set() else turn(panel, at_s)
signal.signal(signal.SIGUSR1, hang)  # the main thread: it is the one that takes signals
signal.signal(signal.SIGUSR2, lambda *_: is_hung.set())
main()
"""


class Supervised:
    """The program, and the ear of its supervisor."""

    def __init__(self, folder: Path, ear: socket.socket) -> None:
        file = folder / "station.toml"
        file.write_text(MINIMAL.replace('"data"', f'"{folder / "data"}"').replace(":1883", ":9"))
        ear.bind(str(folder / "notify"))
        ear.settimeout(WITHIN_S)
        told = {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "400000"}
        command = [sys.executable, "-c", PROGRAM, "run", "--config", str(file)]
        self.ear = ear
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stderr=log, env=os.environ | told)

    def hear(self, *words: str) -> None:
        """Wait until each of `words` was heard, in their order."""
        until_s = monotonic() + WITHIN_S
        for word in words:
            while not self.ear.recv(4096).decode().startswith(word):
                assert monotonic() < until_s, f"{word} was not heard"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Supervised]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        made = Supervised(tmp_path, ear)
        try:
            yield made
        finally:
            made.process.kill()
            made.process.wait()


def test_a_station_is_ready_without_a_broker_and_says_when_it_stops(station: Supervised) -> None:
    station.hear("READY=1", "STATUS=hub starting, store ok, 0 signals", "WATCHDOG=1", "WATCHDOG=1")
    station.process.terminate()
    station.hear("STOPPING=1")
    assert station.process.wait(WITHIN_S) == 0


def test_a_main_loop_that_hangs_feeds_no_watchdog(station: Supervised) -> None:
    station.hear("READY=1", "WATCHDOG=1")
    station.process.send_signal(signal.SIGUSR1)
    station.ear.settimeout(4 * FEED_S)
    with pytest.raises(TimeoutError):
        station.hear("STOPPING=1")
    assert station.process.poll() is None, "it hangs, and only the watchdog can end it"


def test_a_panel_that_hangs_ends_the_program_so_that_it_is_started_again(station: Supervised) -> None:
    station.hear("READY=1")
    station.process.send_signal(signal.SIGUSR2)
    assert station.process.wait(WITHIN_S) == 1
    assert "buttons and lamps have stopped" in station.log.read_text()
