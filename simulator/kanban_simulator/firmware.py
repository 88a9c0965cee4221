"""The real firmware in a process of its own, seen from outside: contacts go in, reports come out."""

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from msgspec import DecodeError

from kanban_device.config import StationConfig
from kanban_simulator.line import Contact, Report, Start, encode, report_decoder

END_S = 3.0


class Firmware:
    """One power-on of a station. Its process ends by itself when ours does: its stdin then ends."""

    def __init__(
        self,
        config: StationConfig,
        held: list[str],
        log: Path | None,
        on: tuple[Callable[[Report], None], Callable[["Firmware"], None]],
    ) -> None:
        """Start it with the buttons `held` down. `log` takes its log, None leaves that on our stderr.

        `on` are called in a thread of ours: with each report, and once when the process has ended.
        """
        self._on_report, self._on_end = on
        self._writing = Lock()
        with log.open("ab") if log else contextlib.nullcontext() as errors:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", "kanban_simulator.board"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
            )
        self.tell(Start(config, held))
        self._thread = Thread(target=self._read, name=f"firmware-{config.station.id}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        return self._popen.pid

    def tell(self, order: Start | Contact) -> None:
        """Send one line; a process that has ended hears nothing."""
        assert self._popen.stdin is not None
        with self._writing, contextlib.suppress(BrokenPipeError, ValueError):
            self._popen.stdin.write(encode(order))
            self._popen.stdin.flush()

    def kill(self) -> None:
        """Cut the power: SIGKILL, and the process is gone when this returns."""
        self._popen.kill()
        self._gone()

    def end(self) -> None:
        """Let it end in good order; kill it when it does not."""
        self._hang_up()
        try:
            self._popen.wait(END_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
        self._gone()

    def _gone(self) -> None:
        self._popen.wait()
        self._thread.join()
        self._hang_up()

    def _hang_up(self) -> None:
        assert self._popen.stdin is not None
        with self._writing, contextlib.suppress(BrokenPipeError):
            self._popen.stdin.close()

    def _read(self) -> None:
        assert self._popen.stdout is not None
        with self._popen.stdout as lines:
            for line in lines:
                with contextlib.suppress(DecodeError):  # cut off in the middle by a kill
                    self._on_report(report_decoder.decode(line))
        self._on_end(self)
