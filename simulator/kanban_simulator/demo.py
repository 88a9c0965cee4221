"""A whole floor on one machine: broker, hub, stations, panels, people."""

from contextlib import ExitStack
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from threading import Event

from flask import Flask

from kanban_hub import plantfile
from kanban_hub.domain.plant import Plant
from kanban_simulator.broker import Broker
from kanban_simulator.crew import Crew
from kanban_simulator.errors import PortTakenError
from kanban_simulator.floor import Floor
from kanban_simulator.hub import Hub, HubClient
from kanban_simulator.loopback import HOST
from kanban_simulator.pace import Pace
from kanban_simulator.panel import Plate
from kanban_simulator.script import Script
from kanban_simulator.server import Server
from kanban_simulator.shift import Shift
from kanban_simulator.web import HubPages, Tile, floor_app

PREFERRED_PORT = 8080
CHECK_S = 1.0
STANDS_AT_TIMES = "paint"
# Whoever looks at the demo may try everything.
VISITOR, VISITOR_ROLES = "visitor", ("admin", "supervisor", "quality", "operator")


@dataclass(frozen=True)
class DemoSettings:
    """`address` is where the front page is served; None takes a free port of loopback."""

    folder: Path
    speed: float
    seed: int
    address: tuple[str, int] | None = None


class Demo:
    """Everything, running as soon as it is made. Make and close it in the main thread."""

    def __init__(self, settings: DemoSettings) -> None:
        """Raises ProcessError or PortTakenError, with everything ended that had begun."""
        self._is_closing = Event()
        with ExitStack() as begun:
            self._start(settings, begun)
            self._closing = begun.pop_all()

    def run(self, stop: Event) -> None:
        """Watch over it until `stop`. Raises ProcessError when broker or hub has ended."""
        while not stop.wait(CHECK_S):
            self._broker.check()
            self._hub.check()

    @property
    def client(self) -> HubClient:
        """A client of the hub that may give every order."""
        return self._hub.client

    def close(self) -> None:
        """Send the people home and end every process."""
        self._is_closing.set()
        self._closing.close()

    def _start(self, settings: DemoSettings, begun: ExitStack) -> None:
        host = settings.address[0] if settings.address else HOST
        with resources.as_file(resources.files(__package__) / "demo.toml") as path:
            plant = plantfile.load(path)
            self._broker = Broker(settings.folder)
            begun.callback(self._broker.close)
            self._hub = Hub(settings.folder, path, self._broker.url, host)
            begun.callback(self._hub.close)
        floor = Floor(plant, settings.folder / "stations", self._broker.url)
        begun.callback(floor.close)
        tiles = {name: Tile(station, _plate(plant, name)) for name, station in floor.stations.items()}
        self.pages = HubPages(self._hub.port, self._hub.invite(VISITOR, *VISITOR_ROLES))
        app = floor_app(tiles, self.pages, floor.changes, self._is_closing)
        server = _serve(app, settings.address)
        begun.callback(server.close)
        self.url = server.url
        self._hub.wait()
        shift = Shift(plant, Pace().at(settings.speed), settings.seed, Script(STANDS_AT_TIMES))
        crew = Crew(shift, floor.stations, self._hub.client, settings.speed)
        begun.callback(crew.close)
        crew.start()


def _plate(plant: Plant, station: str) -> Plate:
    items = {slot: plant.item_name(loop) for slot, loop in plant.slots_at(station).items()}
    return Plate(plant.stations[station].name, items)


def _serve(app: Flask, address: tuple[str, int] | None) -> Server:
    """Serve on the address that was asked for, or on a usual one if it is free, or on any."""
    if address is not None:
        return Server(app, *address)
    try:
        return Server(app, HOST, PREFERRED_PORT)
    except PortTakenError:
        return Server(app, HOST, 0)
