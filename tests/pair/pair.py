"""A hub and the stations of its plant on one broker in a storm, turned by hand on one time."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kanban_device.build import assemble
from kanban_device.config import MqttTable, StationConfig, StationTable
from kanban_device.surface import Surface
from kanban_hardware.inputs import Pressed, Released
from kanban_hardware.wiring import DEFAULT_WIRING
from kanban_hub.domain.lamps import Lamps
from kanban_hub.loading import load_plant
from kanban_protocol.link import Session
from tests.device.fakes import FakeClock, FakePanel
from tests.fakes.link import FakeLink
from tests.fakes.store import InMemoryStore
from tests.hub.bench import PLANT, HandClock, HubBench
from tests.pair.storm import StormyBroker

SLOTS = ("slot-1", "slot-2")


class PairStation:
    """The whole firmware of one station, on a panel that remembers."""

    def __init__(self, name: str, data: Path, clock: FakeClock, broker: StormyBroker) -> None:
        self.name, self.clock, self.broker = name, clock, broker
        self.config = StationConfig(
            station=StationTable(id=name, site="plant", data=str(data)),
            mqtt=MqttTable(url="mqtt://127.0.0.1:1883"),
            hardware=DEFAULT_WIRING,
        )
        self.stored = 0
        self.start()

    def start(self) -> None:
        self.panel = FakePanel()
        self.program = assemble(self.config, self.clock, self._connect, self.make_surface)
        self.program.start()

    def restart(self) -> None:
        self.stored = self.shown_as_stored()
        self.program.close()
        self.start()

    def shown_as_stored(self) -> int:
        return self.stored + sum(done.startswith("flutter") for done in self.panel.did)

    def press(self, part: str) -> None:
        self.put(Pressed(part, self.clock.now_s()))
        self.put(Released(part, self.clock.now_s()))

    def turn(self) -> None:
        self.link.reconnect()
        for _ in range(self.mailbox._letters.qsize() + 1):
            self.program.turn()

    def _connect(self, session: Session, take: Any) -> FakeLink:
        self.link = FakeLink(self.broker, session, take, self.clock.now_s)
        self.mailbox = take.__self__
        return self.link

    def make_surface(self, put: Any) -> Surface:
        """The panel, for whoever wants another one than a panel that remembers."""
        self.put: Any = put
        return self.panel


class PlantInStorm:
    """`assembly` pulls brackets from `paint`, which pulls castings."""

    def __init__(self, folder: Path, seed: int, kinds: Mapping[str, type[PairStation]] | None = None) -> None:
        """`kinds` names the stations that are built otherwise."""
        self.broker = StormyBroker(weather=random.Random(seed))
        self.hand, self.clock = HandClock(), FakeClock()
        self.store = InMemoryStore()
        load_plant(self.store, PLANT)
        self.hub = HubBench(self.broker, self.store, self.hand)
        self.stations = {
            name: (kinds or {}).get(name, PairStation)(name, folder / name, self.clock, self.broker)
            for name in ("assembly", "paint")
        }
        self.go_on(2.0)

    def go_on(self, seconds: float) -> None:
        """Let time pass; everybody does what is due, and takes what has come."""
        self.hand.seconds += seconds
        self.clock.advance(seconds)
        self.hub.link.reconnect()
        for _ in range(3):  # there, back, and what the answer brings about
            self.hub.writer.turn()
            for station in self.stations.values():
                station.turn()

    def restart_hub(self) -> None:
        """It dies; another one begins on what is stored."""
        self.hub.link.drop()
        self.hub.link.close()
        self.hub = HubBench(self.broker, self.store, self.hand)

    def heal(self) -> None:
        self.broker.is_calm = True
        self.broker.blow()

    def close(self) -> None:
        for station in self.stations.values():
            station.program.close()

    def unsettled(self) -> dict[str, Any]:
        """Signals still in an outbox, and presses shown as stored that the hub has not taken once each."""
        found: dict[str, Any] = {}
        for name, station in self.stations.items():
            taken = [key for key in self.store._tables.signals if key[0] == name]
            found[f"in the outbox of {name}"] = station.program.view.outbox
            found[f"stored at {name} beyond those taken"] = station.shown_as_stored() - len(taken)
        return {what: number for what, number in found.items() if number}

    def wrong_lamps(self) -> dict[str, Any]:
        """Lamps that show another pattern than the wanted one: (shown, wanted)."""
        with self.store.view() as view:
            wanted = {name: patterns(view.lamps()[name].lamps) for name in self.stations}
        shown = {name: station.panel.shown() for name, station in self.stations.items()}
        return {
            f"{lamp} of {name}": (shown[name].get(lamp), pattern)
            for name, lamps in wanted.items()
            for lamp, pattern in lamps.items()
            if shown[name].get(lamp) != pattern
        }


def patterns(lamps: Lamps) -> dict[str, str]:
    """Lamp by lamp as the panel names them."""
    stack = {colour: getattr(lamps.stack, colour).value for colour in ("red", "amber", "green")}
    return stack | {f"slot-{slot}": pattern.value for slot, pattern in lamps.slots.items()}
