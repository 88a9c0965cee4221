"""A station by HTTP that knows only the contract: JSON and the standard library, nothing of ours."""

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.system.hub import HubProcess


class HttpStation:
    """One station's side of the way by HTTP."""

    def __init__(self, hub: HubProcess, station: str) -> None:
        self._base = f"http://127.0.0.1:{hub.port}/api/v1/stations/{station}"
        self._token = (hub.data / "admin.token").read_text().strip()
        self.epoch, self.boot, self.seq = uuid.uuid4().hex[:16], uuid.uuid4().hex[:8], 0

    def signal(self, kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The next signal, as a dictionary."""
        self.seq += 1
        signal = {
            "v": 1, "id": str(uuid.uuid4()), "epoch": self.epoch, "seq": self.seq, "kind": kind, "body": body,
            "boot": self.boot, "mono_ms": int(time.monotonic() * 1000), "wall_ms": int(time.time() * 1000),
            "clock": "held", "age_ms": 0, "attempt": 1,
        }  # fmt: skip
        return {**signal, **changes}

    def post(self, *signals: dict[str, Any]) -> list[dict[str, Any]]:
        """Hand signals over; the receipts."""
        body = "\n".join(json.dumps(signal) for signal in signals).encode()
        answer = self._asked("/signals", body, "application/x-ndjson")
        return [receipt for message in answer["receipts"] for receipt in message["signals"]]

    def send(self, kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        (receipt,) = self.post(self.signal(kind, body, **changes))
        return receipt

    def panel(self) -> Any:
        """What the station is told."""
        return self._asked("/panel", None, "application/json")

    def command(self, command: str) -> Any:
        return self._asked("/commands", json.dumps({"command": command}).encode(), "application/json")

    def _asked(self, path: str, body: bytes | None, media_type: str) -> Any:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": media_type}
        request = urllib.request.Request(f"{self._base}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.load(answer)


def is_refused(station: HttpStation) -> bool:
    """Whether a pull has no answer now."""
    try:
        station.post(station.signal("pull", {"loop": "bracket"}))
    except (urllib.error.URLError, OSError):
        return True
    return False
