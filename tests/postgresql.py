"""A real PostgreSQL as a child process on a unix socket, in a directory of its own.

Mark a test that uses it with `@pytest.mark.postgresql`.
"""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections import deque
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

READY_WITHIN_S = 60.0
END_WITHIN_S = 30.0
READY = "database system is ready to accept connections"
# A language's order differs from that of the code points: what relies on the server's own order is found out.
INITDB = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")
# No port is opened. A server that dies with its machine is no part of these tests, one that is killed is.
SETTINGS = ("listen_addresses=", "max_connections=60", "logging_collector=off", "log_destination=stderr")


def executable() -> str | None:
    """Where the server is. Debian keeps each version's programs in a folder of its own, on nobody's PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]))
    return str(found[-1]) if found else shutil.which("postgres")


class Postgresql:
    """One cluster. `with Postgresql() as server:` makes, starts, stops and removes it.

    The server refuses to run as root: it then runs as the user `postgres` that Debian's package made.
    """

    def __init__(self) -> None:
        self.log: deque[str] = deque(maxlen=500)
        self.directory = Path(tempfile.mkdtemp(prefix="kanban-pg-"))  # short: a socket's path has 107 bytes
        self._user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self._numbers = count(1)
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self.directory, self._user)
        initdb = Path(executable() or "postgres").with_name("initdb")
        data = str(self.directory / "data")
        command = [*self._prefix(), str(initdb), "--auth=trust", "--no-sync", *INITDB, "-D", data]
        subprocess.run(command, check=True, capture_output=True, cwd=self.directory)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.crash()
        shutil.rmtree(self.directory)

    def start(self) -> None:
        """Start the server; it accepts connections on return. Also starts a crashed one again.

        Raises `RuntimeError` with the server's log when it does not come up.
        """
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        place = ["-D", str(self.directory / "data"), "-k", str(self.directory)]
        command = [*self._prefix(), executable() or "postgres", *place, *settings]
        self._process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, errors="replace", cwd=self.directory
        )
        settled = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self._process, settled), daemon=True)
        self._reader.start()
        if not settled.wait(READY_WITHIN_S) or self._process.poll() is not None:
            self.crash()
            raise RuntimeError("PostgreSQL did not start:\n" + "\n".join(self.log))

    def crash(self) -> None:
        """End it at once, as a crash does: nothing is written first, and the next start recovers."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(END_WITHIN_S)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{self._user}@/{database}?host={self.directory}"

    def database(self, *clauses: str) -> str:
        """The URL of a new database. `clauses` are those of CREATE DATABASE."""
        name = f"plant{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name} {' '.join(clauses)}")
        return self.url(name)

    def do(self, statement: str) -> list[tuple[object, ...]]:
        """Carry out `statement` as the owner of everything, outside of transactions; the rows, if any."""
        conninfo = f"host={self.directory} user={self._user} dbname=postgres"
        with psycopg.connect(conninfo, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def _prefix(self) -> list[str]:
        if os.geteuid() != 0:
            return []
        return ["setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups"]

    def _read(self, process: "subprocess.Popen[str]", settled: threading.Event) -> None:
        assert process.stderr is not None
        with process.stderr as lines:
            for line in lines:
                self.log.append(line.rstrip())
                if READY in line:
                    settled.set()
        settled.set()
