"""What a board needs round it: a broker, a hub with a plant, and an ear on what the station reports."""

import json
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from tests.board.board import BUTTONS, HOST, LAMPS, SERIAL_PORT, WEDGE_PORT
from tests.mosquitto import Mosquitto, free_port
from tests.system.hub import HubProcess

STATION = "assembly"
SHOWN_WITHIN_S = 90.0

PLANT = """
site = "plant"
stations = [{id = "assembly", name = "Final assembly"}, {id = "paint", name = "Paint shop"}]
items = [{id = "bracket", name = "Bracket, left"}, {id = "panel", name = "Side panel"}]
""" + "".join(
    f"""
[[loops]]
id = "{item}"
item = "{item}"
supplier = "paint"
consumer = "assembly"
container_quantity = 20
cards = 20
lead_time_s = 7200
rate_per_hour = 30
duplicate_window_s = 0
"""
    for item in ("bracket", "panel")
)

STATION_FILE = f"""
[station]
id = "{STATION}"
site = "plant"
data = "/var/lib/kanban-station"

[mqtt]
url = "mqtt://{HOST}:{{port}}"

[hardware]
pins = "lgpio"

[[hardware.slots]]
slot = 1
button = {BUTTONS[0]}
lamp = {LAMPS[0]}

[[hardware.slots]]
slot = 2
button = {BUTTONS[1]}
lamp = {LAMPS[1]}

[[hardware.scanners]]
kind = "serial"
port = "{SERIAL_PORT}"

[[hardware.scanners]]
kind = "keyboard"
port = "{WEDGE_PORT}"
"""


class Floor:
    """`with Floor(folder) as floor:` runs Mosquitto and `kanban-hub run`; the station is "assembly"."""

    def __init__(self, folder: Path) -> None:
        self.door = f"{HOST}:{free_port()}"
        self.broker = Mosquitto(folder)
        self.hub = HubProcess(folder / "hub", self.broker)
        self._changed = threading.Condition()
        self._heard: dict[str, Any] = {}
        self._ear = paho.Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        self._ear.on_connect = lambda client, *_: client.subscribe(f"kanban/v1/plant/up/{STATION}/#", 1)
        self._ear.on_message = self._hear

    @property
    def station_file(self) -> str:
        """The file of the station on the board."""
        return STATION_FILE.format(port=self.broker.port)

    def __enter__(self) -> Self:
        self.broker.start()
        self.hub.load(PLANT)
        self.hub.start("--door", self.door.replace(HOST, "127.0.0.1"), "--door-name", HOST)
        self._ear.connect("127.0.0.1", self.broker.port)
        self._ear.loop_start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ear.disconnect()
        self._ear.loop_stop()
        self.hub.stop()
        self.broker.stop()

    def station(self) -> dict[str, Any]:
        """What the hub says of the station."""
        return dict(self.hub.get(f"/api/v1/stations/{STATION}"))

    def is_followed(self) -> bool:
        """Whether the station has taken the newest lamps that the hub wants of it.

        What it shows may differ: a stuck button's lamp says so, whatever the hub wants.
        """
        told = self.station()
        wanted, shown = told.get("lamps_wanted"), told.get("lamps_shown")
        return bool(wanted and shown and wanted["revision"] == shown["revision"])

    def signals(self) -> list[dict[str, Any]]:
        """Every event that came of a signal, in the order in which the hub took them."""
        return [event for event in self.hub.items("/api/v1/events") if event.get("signal")]

    def pulled(self, loop: str) -> int:
        """How many cards of a loop are not full containers any more."""
        return sum(state != "full" for state in self.hub.states(loop).values())

    def heard(self, channel: str) -> Any:
        """What the station said last on a channel of its own: status, heartbeat, lamps; None before."""
        with self._changed:
            return self._heard.get(channel)

    def order(self, command: str, **body: str) -> None:
        """Order something of the station, as the hub does."""
        order = {"v": 1, "id": str(uuid.uuid4()), "command": command, **body}
        self._ear.publish(f"kanban/v1/plant/down/{STATION}/command", json.dumps(order), 1)

    def wait_for_input(self, part: str, health: str) -> None:
        """Wait until the station reports a button or scanner so: ok, stuck, lost."""
        self.wait(lambda: (self.heard("heartbeat") or {}).get("inputs", {}).get(part) == health)

    def wait(self, holds: Callable[[], bool], within_s: float = SHOWN_WITHIN_S) -> None:
        self.hub.wait_until(holds, within_s)

    def _hear(self, _client: Any, _data: Any, message: paho.MQTTMessage) -> None:
        with self._changed:
            self._heard[message.topic.rpartition("/")[2]] = json.loads(message.payload)
            self._changed.notify_all()
