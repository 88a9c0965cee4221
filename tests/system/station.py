"""Real firmware on mock pins, driven by its virtual panel over HTTP as a person would drive it."""

import json
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from tests.mosquitto import Mosquitto, free_port
from tests.system.hub import wait_until

CONFIG = """
[station]
id = "{id}"
site = "plant"
data = "{data}"

[mqtt]
url = "{url}"

[hardware]
pins = "mock"

[[hardware.slots]]
slot = 1
button = 17
lamp = 22

[hardware.quality]
button = 5

[hardware.stack]
red = 6
amber = 13
green = 19

[hardware.buzzer]
pin = 26

[[hardware.scanners]]
kind = "serial"
port = "/dev/serial/by-id/usb-scanner"
baud_rate = 9600
"""


class StationProcess:
    """`kanban-sim station`: the firmware in one process, its panel in another."""

    def __init__(self, folder: Path, station: str, broker: Mosquitto) -> None:
        self.id = station
        self.data = folder / station
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = folder / f"{station}.log"
        config = folder / f"{station}.toml"
        config.write_text(CONFIG.format(id=station, data=self.data, url=broker.url))
        command = [sys.executable, "-c", "from kanban_simulator.main import main; main()", "station"]
        command += ["--config", str(config), "--panel", self.url.removeprefix("http://")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_until(lambda: self.panel().get("power") is True, self._log)
        except AssertionError:
            self.close()
            raise

    def panel(self) -> dict[str, Any]:
        """What the panel shows; empty while it does not answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/panel", timeout=5) as answer:
                return dict(json.load(answer))
        except OSError:
            return {}

    def do(self, what: str, **body: Any) -> None:
        """POST to the panel: `press`, `quality`, `scan`, `power` or `network`."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/panel/{what}", json.dumps(body).encode(), headers)
        urllib.request.urlopen(request, timeout=10).close()

    def wait_for(self, is_wanted: Any, within_s: float = 60.0) -> dict[str, Any]:
        """The panel as soon as `is_wanted` holds for it."""
        shown: dict[str, Any] = {}

        def look() -> bool:
            shown.clear()
            shown.update(self.panel())
            return bool(shown) and bool(is_wanted(shown))

        wait_until(look, self._log, within_s, lambda: f"{self.id} shows {shown}")
        return shown

    def ready(self) -> "StationProcess":
        """Wait until it hears the hub and nothing waits: its green lamp says so."""
        self.wait_for(lambda panel: panel["stack"]["green"] == "on")
        return self

    def lamp(self, slot: int, pattern: str, within_s: float = 60.0) -> dict[str, Any]:
        return self.wait_for(lambda panel: panel["slots"][str(slot)] == pattern, within_s)

    def stored(self) -> list[tuple[str, int, str]]:
        """(epoch, seq, id) of every signal in the outbox's file, receipted or not."""
        try:
            with sqlite3.connect(f"file:{self.data / 'outbox.db'}?mode=ro", uri=True, timeout=5) as outbox:
                epoch = outbox.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()[0]
                return [(epoch, *row) for row in outbox.execute("SELECT seq, id FROM signals")]
        except sqlite3.OperationalError:
            return []  # not made yet

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
