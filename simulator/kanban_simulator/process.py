"""A program beside ours that never outlives us: ended in good order, or by the kernel when we are killed."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kanban_simulator.errors import ProcessError

END_S = 5.0
_TAIL_BYTES = 2_000
_PR_SET_PDEATHSIG = 1  # prctl(2): the kernel sends the signal when the parent's thread ends
# Loaded before any fork: between fork and exec of a program with threads nothing may be imported.
_prctl = ctypes.CDLL(None).prctl


class Process:
    """One child with its output in a file. Start it in the main thread: the kernel watches that thread."""

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        """Start it. Raises ProcessError when the program cannot be started at all."""
        self.name = name
        self._log = log
        try:
            with log.open("ab") as output:
                self._popen = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
                    preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 one system call, nothing that locks
                )
        except OSError as error:
            raise ProcessError(name, f"could not be started: {error}") from None

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def is_running(self) -> bool:
        return self._popen.poll() is None

    def check(self) -> None:
        """Raise ProcessError with the last words of the program when it has ended."""
        if not self.is_running:
            raise ProcessError(self.name, f"ended with code {self._popen.returncode}", self.tail())

    def tail(self) -> str:
        """The end of what the program has written."""
        return self._log.read_bytes()[-_TAIL_BYTES:].decode("utf-8", "replace").strip()

    def end(self) -> None:
        """SIGTERM, and SIGKILL when that is not heard."""
        end(self._popen, END_S)


def end(program: "subprocess.Popen[Any]", within_s: float) -> bool:
    """SIGTERM, and SIGKILL when that is not heard: whether it was."""
    program.terminate()
    try:
        program.wait(within_s)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
        return False
    return True


def _die_with(parent: int) -> Callable[[], None]:
    def set_death_signal() -> None:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the kernel was asked to watch
            os._exit(1)

    return set_death_signal
