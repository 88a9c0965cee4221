"""A broker for the simulated floor: Mosquitto where it is installed, otherwise amqtt. On loopback only."""

import getpass
import os
import shutil
import sys
import time
from enum import StrEnum
from pathlib import Path
from threading import Event

from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_simulator.errors import ProcessError
from kanban_simulator.loopback import HOST, bind, is_answering, port_of
from kanban_simulator.process import Process

READY_S = 15.0
_POLL_S = 0.02
_TOPIC_BYTES = 1024  # what a packet may be longer than its payload
# Debian installs it where only root's PATH looks.
_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin"])


class Kind(StrEnum):
    MOSQUITTO = "mosquitto"
    AMQTT = "amqtt"


def installed() -> Kind:
    """The better broker of those that this machine has."""
    return Kind.MOSQUITTO if shutil.which("mosquitto", path=_PATH) else Kind.AMQTT


class Broker:
    """One broker on a free port. Nothing is kept on disk: the hub publishes again what is retained."""

    def __init__(self, folder: Path, kind: Kind | None = None) -> None:
        """Start it and wait until it answers. Raises ProcessError."""
        self.kind = kind or installed()
        self._reserve = bind()
        self.port = port_of(self._reserve)
        self._process = Process(self.kind, self._command(folder), folder / "broker.log")
        try:
            self._wait()
        except ProcessError:
            self.close()
            raise

    @property
    def url(self) -> str:
        return f"mqtt://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def check(self) -> None:
        """Raise ProcessError when it has ended."""
        self._process.check()

    def close(self) -> None:
        self._process.end()
        self._reserve.close()

    def _command(self, folder: Path) -> list[str]:
        if self.kind is Kind.AMQTT:
            return [sys.executable, "-m", "kanban_simulator.amqtt_broker", str(self.port)]
        config = folder / "mosquitto.conf"
        config.write_text(mosquitto_config(self.port), encoding="utf-8")
        return [shutil.which("mosquitto", path=_PATH) or "mosquitto", "-c", str(config)]

    def _wait(self) -> None:
        deadline_s = time.monotonic() + READY_S
        while not is_answering(self.port):
            self._process.check()
            if time.monotonic() > deadline_s:
                reason = f"did not answer on port {self.port} within {READY_S:.0f} s"
                raise ProcessError(self.kind, reason, self._process.tail())
            Event().wait(_POLL_S)


def mosquitto_config(port: int) -> str:
    """The settings that every broker of this project needs, with nothing kept and nobody kept out.

    Started by root it would change to a user of its own, and the kernel then forgets that it is to end with
    its parent (prctl(2), PR_SET_PDEATHSIG); so it stays who we are.
    """
    return f"""\
user {getpass.getuser()}
listener {port} {HOST}
allow_anonymous true
persistence false
set_tcp_nodelay true
max_queued_messages 2000
max_inflight_messages 200
max_packet_size {MAX_MESSAGE_BYTES + _TOPIC_BYTES}
"""
