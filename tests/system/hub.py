"""A real hub as a child process, to be asked, killed and started again."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.mosquitto import Mosquitto, free_port
from tests.system.typed import load_plant

READY_WITHIN_S = 60.0


class HubProcess:
    """`kanban-hub run` on `data`, with its web on a free port. `database` is the URL of another database."""

    def __init__(self, data: Path, broker: Mosquitto, database: str | None = None) -> None:
        self.data = data
        self.port = free_port()
        self._broker = broker
        self._database = {"KANBAN_HUB_DATABASE": database} if database else {}
        self._process: subprocess.Popen[bytes] | None = None

    def load(self, plant: str) -> None:
        """Load a plant given as TOML."""
        load_plant(self.data, plant, **self._database)

    def start(self, *options: str) -> None:
        """Start and wait until it answers and has its broker."""
        self.begin(*options)
        self.wait_until(self.is_connected)

    def is_connected(self) -> bool:
        return self.get("/healthz").get("connected") is True

    def begin(self, *options: str) -> None:
        """Start, and wait for nothing."""
        web = f"127.0.0.1:{self.port}"
        command = [
            *program(),
            "run",
            "--data",
            str(self.data),
            "--mqtt",
            self._broker.url,
            "--http",
            web,
            *options,
        ]
        with (self.data / "hub.log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, stdout=log, env=os.environ | self._database)

    def kill9(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """End in good order. The exit code."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        return self._process.wait(READY_WITHIN_S)

    def get(self, path: str) -> Any:
        """The JSON at `path`; an empty object while the hub does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)
        except OSError:
            return {}

    def items(self, path: str) -> list[dict[str, Any]]:
        """Every item of the list at `path`, page after page."""
        joint = "&" if "?" in path else "?"
        items, cursor = [], ""
        while True:
            page = self.get(f"{path}{joint}limit=1000{cursor}")
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"&cursor={page['next']}"

    def states(self, loop: str) -> dict[str, str]:
        """Card to state."""
        return {card["id"]: card["state"] for card in self.items(f"/api/v1/cards?loop={loop}")}

    def wait_until(self, holds: Callable[[], bool], within_s: float = READY_WITHIN_S) -> None:
        wait_until(holds, self.data / "hub.log", within_s)


def wait_until(
    holds: Callable[[], bool],
    log: Path,
    within_s: float = READY_WITHIN_S,
    say: Callable[[], str] = lambda: "",
) -> None:
    """Ask again every 50 ms until `holds()`: the condition is another process's, so there is no event."""
    pause = threading.Event()
    end_s = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > end_s:
            end = log.read_text()[-3000:] if log.exists() else ""
            raise AssertionError(f"not within {within_s} s. {say()}\nThe log ends:\n{end}")
        pause.wait(0.05)


def program() -> list[str]:
    """The hub's program, as it is typed."""
    return [sys.executable, "-c", "from kanban_hub.main import main; main()"]
