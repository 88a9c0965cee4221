"""A station that knows only the contract: paho and JSON, nothing of ours. What anybody could write."""

import json
import queue
import threading
import time
import uuid
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

WAIT_S = 15.0


class ContractStation:
    """One station's side of the wire. It sends signals and keeps what the hub says, by topic."""

    def __init__(self, port: int, site: str, station: str, epoch: str | None = None) -> None:
        self.site = site
        self.station = station
        self.epoch = epoch or uuid.uuid4().hex[:16]
        self.boot = uuid.uuid4().hex[:8]
        self.seq = 0
        self.receipts: queue.Queue[dict[str, Any]] = queue.Queue()
        self._changed = threading.Condition()
        self._latest: dict[str, Any] = {}
        self._ready = threading.Event()
        self._client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=f"contract-{station}-{self.boot}",
            protocol=MQTTProtocolVersion.MQTTv311,
        )
        self._client.on_connect = self._subscribe
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = self._keep
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        assert self._ready.wait(WAIT_S), "no subscription"

    def _subscribe(self, client: paho.Client, *_: Any) -> None:
        filters = [f"kanban/v1/{self.site}/down/{self.station}/#", f"kanban/v1/{self.site}/hub/#"]
        client.subscribe([(topic, 1) for topic in filters])

    def _keep(self, _client: Any, _data: Any, message: paho.MQTTMessage) -> None:
        channel = message.topic.split("/", 3)[3]
        content = json.loads(message.payload)
        if channel.endswith("/receipts"):
            for receipt in content["signals"]:
                self.receipts.put({**receipt, "epoch": content["epoch"]})
        with self._changed:
            self._latest[channel] = content
            self._changed.notify_all()

    def topic(self, channel: str) -> str:
        return f"kanban/v1/{self.site}/up/{self.station}/{channel}"

    def signal(self, kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The next signal, as a dictionary."""
        self.seq += 1
        signal = {
            "v": 1,
            "id": str(uuid.uuid4()),
            "epoch": self.epoch,
            "seq": self.seq,
            "kind": kind,
            "body": body,
            "boot": self.boot,
            "mono_ms": int(time.monotonic() * 1000),
            "wall_ms": int(time.time() * 1000),
            "clock": "sync",
            "age_ms": 0,
            "attempt": 1,
        }
        return {**signal, **changes}

    def publish(self, content: Any, channel: str = "signal", *, retain: bool = False) -> None:
        payload = content if isinstance(content, bytes) else json.dumps(content).encode()
        self._client.publish(self.topic(channel), payload, qos=1, retain=retain).wait_for_publish(WAIT_S)

    def send(self, kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Send a signal and wait for the hub's word on it."""
        signal = self.signal(kind, body, **changes)
        self.publish(signal)
        return self.receipt(signal["seq"])

    def receipt(self, seq: int) -> dict[str, Any]:
        """The next receipt, which must be the one of `seq`."""
        receipt = self.receipts.get(timeout=WAIT_S)
        assert (receipt["epoch"], receipt["seq"]) == (self.epoch, seq), receipt
        return receipt

    def latest(self, channel: str) -> Any:
        """The last content on `down/{station}/{channel}`, waited for."""
        return self.wait_for(channel, lambda _: True)

    def wait_for(self, channel: str, is_wanted: Any) -> Any:
        """The first content of `channel` for which `is_wanted` holds."""
        name = channel if channel.startswith("hub/") else f"down/{self.station}/{channel}"
        with self._changed:
            found = self._changed.wait_for(
                lambda: name in self._latest and is_wanted(self._latest[name]), timeout=WAIT_S
            )
            assert found, (name, self._latest.get(name))
            return self._latest[name]

    def lamp(self, slot: int, pattern: str) -> Any:
        """The lamps as soon as `slot` shows `pattern`."""
        return self.wait_for("lamps", lambda lamps: lamps["slots"][str(slot)] == pattern)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
