"""The whole demo in a process of its own, as people start it."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import is_gone, until

DEMO = (sys.executable, "-c", "from kanban_simulator.main import main; main()", "demo")


class RunningDemo:
    """A demo whose address has been printed."""

    def __init__(self, folder: Path) -> None:
        command = [*DEMO, "--http", "127.0.0.1:0", "--keep", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        self.children = children(self.process.pid)
        found = re.search(r"http://\S+?(?=/ )", self.line)
        assert found is not None, self.line
        self.url = found[0]

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def children(pid: int) -> list[int]:
    """All processes below `pid`."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[RunningDemo]:
    made = RunningDemo(tmp_path)
    yield made
    made.close()


def test_the_demo_moves_can_be_cut_off_and_catches_up(demo: RunningDemo) -> None:
    def slots() -> dict[str, str]:
        panel = demo.get("/stations/shipping/panel")
        return dict(panel["slots"]) if panel["stack"]["green"] == "on" else {}

    before = until(slots, "word from the hub")
    until(lambda: slots() not in ({}, before), "a lamp that moves")

    assert demo.post("/stations/shipping/panel/network", {"on": False})["network"] is False
    demo.post("/stations/shipping/panel/press", {"slot": 1})
    until(lambda: demo.get("/stations/shipping/panel")["outbox"] > 0, "a signal that waits")

    demo.post("/stations/shipping/panel/network", {"on": True})
    until(lambda: demo.get("/stations/shipping/panel")["outbox"] == 0, "its receipt")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_of_the_demo_outlives_it(demo: RunningDemo, how: signal.Signals) -> None:
    assert len(demo.children) >= 8  # broker, hub, six stations
    os.kill(demo.process.pid, how)

    until(lambda: all(is_gone(pid) for pid in demo.children), "the end of every process")
    assert demo.process.wait(10) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
