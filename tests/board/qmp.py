"""QEMU's own control socket: what is plugged in and out, the network's link, keys that are typed."""

import json
import socket
from contextlib import suppress
from typing import Any

ANSWER_WITHIN_S = 30.0


class QmpError(Exception):
    """QEMU refused a command."""


class Qmp:
    """The QEMU Machine Protocol, one command at a time."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(ANSWER_WITHIN_S)
        self._file = connection.makefile("rw", encoding="utf-8")
        self._file.readline()  # QEMU's greeting
        self.do("qmp_capabilities")

    def do(self, command: str, **arguments: Any) -> Any:
        """What the command returns. Raises `QmpError`."""
        self._file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._file.flush()
        for line in self._file:
            answer = json.loads(line)
            if "error" in answer:
                raise QmpError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]
        raise QmpError(f"{command}: QEMU has gone")

    def close(self) -> None:
        """Once QEMU has ended."""
        with suppress(OSError):
            self._file.close()

    def await_event(self, name: str) -> dict[str, Any]:
        """The next event of this name."""
        for line in self._file:
            answer = json.loads(line)
            if answer.get("event") == name:
                return dict(answer["data"])
        raise QmpError(f"{name}: QEMU has gone")
