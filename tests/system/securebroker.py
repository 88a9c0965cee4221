"""Mosquitto as a plant has it: certificates on both sides, and a list of those that were revoked."""

import os
import signal
import threading
from pathlib import Path

from kanban_hub.identity.broker import INSTALLED
from tests.mosquitto import Mosquitto


class SecureBroker(Mosquitto):
    """On the files that the hub has written, and told to read them again when the list of them changes."""

    def __init__(self, folder: Path, files: Path) -> None:
        lines = (files / "kanban.conf").read_text().replace(INSTALLED, str(files)).splitlines()
        own = ("listener", "persistence", "set_tcp", "max_packet_size", "allow_anonymous", "#")
        settings = [line for line in lines if not line.startswith(own)]
        super().__init__(folder, "allow_anonymous false", *settings)
        self._list = files / "crl.pem"
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._follow)

    @property
    def url(self) -> str:
        return f"mqtts://127.0.0.1:{self.port}"

    def start(self) -> None:
        super().start()
        self._watch.start()

    def stop(self) -> None:
        self._stop.set()
        self._watch.join()
        super().stop()

    def _follow(self) -> None:
        """As the path unit does."""
        known = self._list.read_bytes()
        while not self._stop.wait(0.1):
            if (found := self._list.read_bytes()) != known:
                os.kill(self.pid, signal.SIGHUP)
                known = found
