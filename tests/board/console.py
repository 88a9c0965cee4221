"""What the board says on its serial console, line by line, and the tests' shell in it."""

import re
import socket
import threading
import time
from collections.abc import Callable
from typing import IO

TAIL = 30


class BoardError(AssertionError):
    """Something of the board did not come; the text ends with the last lines of its console."""


class Console:
    """Collects the lines of a QEMU process."""

    def __init__(self, lines: IO[bytes], on_line: Callable[[str], None] | None = None) -> None:
        self._on_line = on_line
        self._source = lines
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._is_open = True
        self._thread = threading.Thread(target=self._read, name="console", daemon=True)
        self._thread.start()

    def expect(self, pattern: str, within_s: float, after: int = 0) -> str:
        """The first line from number `after` on in which `pattern` is found. Raises `BoardError`."""
        end_s = time.monotonic() + within_s
        searched = re.compile(pattern)
        with self._changed:
            seen = after
            while True:
                for line in self._lines[seen:]:
                    seen += 1
                    if searched.search(line):
                        return line
                left_s = end_s - time.monotonic()
                if left_s <= 0 or not self._is_open:
                    raise BoardError(f"{pattern!r} did not come within {within_s} s.\n{self.tail()}")
                self._changed.wait(left_s)

    @property
    def count(self) -> int:
        """How many lines there are by now."""
        with self._changed:
            return len(self._lines)

    def tail(self) -> str:
        with self._changed:
            return "The console ends:\n" + "\n".join(self._lines[-TAIL:])

    def close(self) -> None:
        """Once QEMU has ended."""
        self._thread.join()
        self._source.close()

    def _read(self) -> None:
        for line in self._source:
            text = line.decode(errors="replace").rstrip()
            if self._on_line is not None:
                self._on_line(text)
            with self._changed:
                self._lines.append(text)
                self._changed.notify_all()
        with self._changed:
            self._is_open = False
            self._changed.notify_all()


class Shell:
    """A shell of root in the board, on a line of its own, for what a test arranges or looks up inside."""

    def __init__(self, connection: socket.socket, within_s: float) -> None:
        connection.settimeout(within_s)
        self._connection = connection
        self._count = 0

    def run(self, command: str) -> str:
        """What the command prints, errors included. Raises `BoardError` unless it ends with 0."""
        status, printed = self.try_run(command)
        if status != 0:
            raise BoardError(f"{command!r} ended with {status}:\n{printed}")
        return printed

    def try_run(self, command: str) -> tuple[int, str]:
        """The exit code, and what the command prints."""
        self._count += 1
        mark = f"=={self._count}=="
        self._connection.sendall(f"( {command}\n) </dev/null; echo {mark}$?\n".encode())
        printed = b""
        while not (ended := re.search(rf"{mark}(\d+)\r?\n$".encode(), printed)):
            more = self._connection.recv(65_536)
            if not more:
                raise BoardError(f"{command!r}: the board has gone")
            printed += more
        return int(ended[1]), printed[: ended.start()].decode(errors="replace").strip()
