"""The outside of the board's pins: levels put on buttons, lamps seen, over QEMU's qtest socket.

Nothing in the guest takes part: a level goes into the GPIO chip, which interrupts the kernel as a button's
would, and a lamp is the line that comes out of the chip.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

ANSWER_WITHIN_S = 30.0


@dataclass(frozen=True)
class Edge:
    """A line that went up or down, at a moment of this machine's monotonic clock."""

    at_s: float
    level: bool


class Pl061:
    """The one GPIO chip of the board `virt`: lines 0 to 7."""

    def __init__(self, connection: socket.socket, path: str) -> None:
        self._path = path
        self._file = connection.makefile("rw", encoding="ascii")
        self._changed = threading.Condition()
        self._edges: dict[int, list[Edge]] = {}
        self._answers: list[str] = []
        self._is_open = True
        self._reader = threading.Thread(target=self._read, name="pl061", daemon=True)
        self._reader.start()
        self._ask(f"irq_intercept_out {path}")

    def put(self, line: int, level: bool) -> None:
        """Put a level on an input."""
        self._ask(f"set_irq_in {self._path} unnamed-gpio-in {line} {int(level)}")

    def edges(self, line: int) -> list[Edge]:
        """Every change of an output since the power came on, the oldest first."""
        with self._changed:
            return list(self._edges.get(line, ()))

    def wait(self, holds: Callable[[], bool], within_s: float) -> bool:
        """Whether `holds()` became true; asked again at each change of a line and twice a second."""
        end_s = time.monotonic() + within_s
        while not holds():
            left_s = end_s - time.monotonic()
            if left_s <= 0:
                return False
            with self._changed:
                self._changed.wait(min(left_s, 0.5))
        return True

    def close(self) -> None:
        """Once QEMU has ended."""
        self._reader.join()
        with suppress(OSError):
            self._file.close()

    def _ask(self, command: str) -> None:
        with self._changed:
            count = len(self._answers)
            self._file.write(command + "\n")
            self._file.flush()
            answered = self._changed.wait_for(
                lambda: len(self._answers) > count or not self._is_open, ANSWER_WITHIN_S
            )
            if not answered or not self._is_open or not self._answers[-1].startswith("OK"):
                raise ConnectionError(f"qtest did not take {command!r}: {self._answers[count:]}")

    def _read(self) -> None:
        with suppress(OSError):  # the power went off
            for line in self._file:
                self._take(line.split())
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def _take(self, words: list[str]) -> None:
        with self._changed:
            if words[:1] == ["IRQ"]:
                edge = Edge(time.monotonic(), words[1] == "raise")
                self._edges.setdefault(int(words[2]), []).append(edge)
            else:
                self._answers.append(" ".join(words))
            self._changed.notify_all()
