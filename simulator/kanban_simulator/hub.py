"""The real hub in a process of its own, and a client for what people do at its pages."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event
from typing import Any

from kanban_simulator.errors import HubRefusedError, HubSilentError, ProcessError
from kanban_simulator.loopback import HOST, bind, port_of
from kanban_simulator.process import Process

READY_S = 30.0
TIMEOUT_S = 5.0
_POLL_S = 0.05
_PROGRAM = (sys.executable, "-c", "from kanban_hub.main import main; main(prog_name='kanban-hub')")


class HubClient:
    """The hub's API over HTTP. `token` is needed for orders only."""

    def __init__(self, url: str, token: str = "") -> None:
        self._url = url
        self._token = token

    @property
    def token(self) -> str:
        return self._token

    def get(self, path: str) -> Any:
        """The JSON at `path`. Raises HubSilentError or HubRefusedError."""
        return self._ask(urllib.request.Request(self._url + path))  # noqa: S310 our own hub on loopback

    def items(self, path: str) -> list[Any]:
        """All rows of a list, whatever its pages."""
        page = self.get(path)
        rows: list[Any] = page["items"]
        while page["next"]:
            page = self.get(f"{path}&cursor={page['next']}")
            rows += page["items"]
        return rows

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Give an order. Raises HubSilentError or HubRefusedError."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        data = json.dumps(body).encode()
        return self._ask(urllib.request.Request(self._url + path, data, headers))  # noqa: S310

    def _ask(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise HubRefusedError(request.selector, error.code, _detail(error.read())) from None
        except (OSError, ValueError) as error:
            raise HubSilentError(request.selector, str(error)) from None


class Hub:
    """A hub with a plant loaded. `host` is where its pages are served, on a free port."""

    def __init__(self, folder: Path, plant: Path, broker_url: str, host: str = HOST) -> None:
        """Load the plant and start the hub; `wait` tells when it answers. Raises ProcessError."""
        self._data = folder / "hub"
        self._load(plant)
        self._reserve = bind()
        self.port = port_of(self._reserve)
        options = ["--data", str(self._data), "--mqtt", broker_url, "--http", f"{host}:{self.port}"]
        self._process = Process("kanban-hub", [*_PROGRAM, "run", *options], folder / "hub.log")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def client(self) -> HubClient:
        """A client that bears the hub's token."""
        token = (self._data / "admin.token").read_text(encoding="ascii").strip()
        return HubClient(f"http://{HOST}:{self.port}", token)

    def wait(self) -> None:
        """Return when the hub says that it is well. Raises ProcessError when it does not."""
        deadline_s = time.monotonic() + READY_S
        while not self._is_well():
            self._process.check()
            if time.monotonic() > deadline_s:
                raise ProcessError("kanban-hub", f"was not well within {READY_S:.0f} s", self._process.tail())
            Event().wait(_POLL_S)

    def check(self) -> None:
        """Raise ProcessError when it has ended."""
        self._process.check()

    def invite(self, name: str, *roles: str) -> str | None:
        """Add the account `name`; the path where its password is set, once. `None`: there is one already."""
        wanted = [option for role in roles for option in ("--role", role)]
        command = [*_PROGRAM, "account", "add", name, *wanted, "--data", str(self._data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=READY_S)
        return done.stdout.strip() if done.returncode == 0 else None

    def close(self) -> None:
        self._process.end()
        self._reserve.close()

    def _is_well(self) -> bool:
        try:
            found = HubClient(f"http://{HOST}:{self.port}").get("/healthz")
        except (HubSilentError, HubRefusedError):
            return False
        return bool(found["status"] == "ok")

    def _load(self, plant: Path) -> None:
        command = [*_PROGRAM, "load", str(plant), "--data", str(self._data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=READY_S)
        if done.returncode:
            raise ProcessError("kanban-hub", f"load failed with code {done.returncode}", done.stderr)


def _detail(body: bytes) -> str:
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode("utf-8", "replace")
