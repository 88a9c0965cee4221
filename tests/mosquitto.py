"""A real Mosquitto as a child process on loopback, to be killed, frozen and started again.

Mark a test that uses it with `@pytest.mark.mosquitto`.
"""

import getpass
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

from kanban_protocol.codec import MAX_MESSAGE_BYTES
from kanban_protocol.endpoint import Endpoint

READY_WITHIN_S = 30.0
END_WITHIN_S = 10.0
# Below the ports that the kernel gives to outgoing connections (from 32,768): a restart finds its port free.
FIRST_PORT, LAST_PORT = 20_000, 31_999

SETTINGS = (
    "listener {port} 127.0.0.1",
    "allow_anonymous true",
    "persistence false",
    "set_tcp_nodelay true",
    # The limit is on the whole packet, so the topic and the header come on top of the payload.
    f"max_packet_size {MAX_MESSAGE_BYTES + 1_024}",
    # Started by root it would change to its own user, who cannot read a test's password and access files.
    "user {user}",
    "log_dest stderr",
)


def executable() -> str | None:
    """Where Mosquitto is. Debian keeps it in /usr/sbin, which is on no ordinary user's PATH."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """A loopback port that nobody listens on."""
    for port in random.sample(range(FIRST_PORT, LAST_PORT + 1), 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {FIRST_PORT} to {LAST_PORT}")


class Mosquitto:
    """One broker on one port for its whole life. `with Mosquitto(tmp_path) as broker:` starts and stops it.

    `settings` are lines of mosquitto.conf that come after our own and win, for instance `password_file …`
    with `allow_anonymous false`.
    """

    def __init__(self, directory: Path, *settings: str) -> None:
        self.port = free_port()
        self.log: deque[str] = deque(maxlen=500)
        self._config = directory / f"mosquitto-{self.port}.conf"
        own = (line.format(port=self.port, user=getpass.getuser()) for line in SETTINGS)
        self._config.write_text("\n".join((*own, *settings)) + "\n")
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint("127.0.0.1", self.port)

    @property
    def pid(self) -> int:
        """The process id; raises `RuntimeError` when the broker is not running."""
        if self._process is None:
            raise RuntimeError("the broker is not running")
        return self._process.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the broker; it accepts connections on return. Also starts a stopped or killed one again.

        Raises `RuntimeError` with the broker's log when it does not come up.
        """
        if self._process is not None:
            raise RuntimeError("the broker is running already")
        command = [executable() or "mosquitto", "-c", str(self._config)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace")
        settled = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self._process, settled), daemon=True)
        self._reader.start()
        if not settled.wait(READY_WITHIN_S) or self._process.poll() is not None or not self._accepts():
            self._end(signal.SIGKILL)
            raise RuntimeError("Mosquitto did not start:\n" + "\n".join(self.log))

    def stop(self) -> None:
        """End the broker in good order. Nothing happens when it is not running."""
        self._end(signal.SIGTERM)

    def kill9(self) -> None:
        """The broker dies at once: no DISCONNECT, no will, and what it retained is gone."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Kill and start again on the same port."""
        self.kill9()
        self.start()

    def freeze(self) -> None:
        """The broker answers nothing, while its connections stay."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def _end(self, with_signal: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(with_signal)
        process.send_signal(signal.SIGCONT)  # a frozen process does not hear SIGTERM
        try:
            process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(END_WITHIN_S)

    def _read(self, process: "subprocess.Popen[str]", settled: threading.Event) -> None:
        # Its last line of starting is "mosquitto version 2.0.11 running".
        assert process.stderr is not None
        with process.stderr as lines:
            for line in lines:
                self.log.append(line.rstrip())
                if line.rstrip().endswith(" running"):
                    settled.set()
        settled.set()

    def _accepts(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=READY_WITHIN_S).close()
        except OSError:
            return False
        return True
