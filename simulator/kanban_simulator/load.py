"""Load: presses at random times on many stations, each timed until the supplier's lamps name it."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Lock

from kanban_hub import plantfile
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_protocol.endpoint import Endpoint
from kanban_protocol.messages import Receipt
from kanban_protocol.topics import Topics
from kanban_simulator.broker import Broker
from kanban_simulator.contractstation import ContractStation
from kanban_simulator.errors import ProcessError
from kanban_simulator.hub import Hub
from kanban_simulator.tally import Figures, Tally

SITE = "load"
CARDS = 20
READY_S = 30.0
SETTLE_S = 15.0
_TICK_S = 0.25


@dataclass(frozen=True)
class LoadSettings:
    """`rate` is pulls per second over all stations; without an endpoint a broker and a hub are started."""

    folder: Path
    stations: int
    rate: float
    seconds: int
    seed: int
    endpoint: Endpoint | None = None


def load_plant(stations: int) -> Plant:
    """A ring: each station supplies the one before it, so there are as many loops as stations."""
    names = [f"station-{number}" for number in range(1, stations + 1)]
    loops = [
        KanbanLoop(
            id=f"loop-{number}",
            item="part",
            supplier=names[number % stations],
            consumer=names[number - 1],
            container_quantity=10,
            cards=CARDS,
            rate_per_hour=1000.0,
            duplicate_window_s=0,
        )
        for number in range(1, stations + 1)
    ]
    return Plant(SITE, [Station(name, name) for name in names], [Item("part", "Part")], loops)


def plant_file(stations: int) -> str:
    """The same as the file that a hub loads."""
    return plantfile.export(load_plant(stations))


def schedule(rate: float, seconds: float, chance: Random) -> Iterator[float]:
    """The times of the presses, in seconds from the start: a Poisson process.

    They are drawn beforehand and do not wait for answers, so a hub that stalls is not spared the presses
    that come meanwhile.
    """
    at_s = chance.expovariate(rate)
    while at_s < seconds:
        yield at_s
        at_s += chance.expovariate(rate)


def run_load(settings: LoadSettings) -> Figures:
    """Run it. Raises ProcessError when there is no hub that answers."""
    if settings.endpoint is not None:
        return Load(settings, settings.endpoint).run()
    with _hub(settings) as endpoint:
        return Load(settings, endpoint).run()


@contextmanager
def _hub(settings: LoadSettings) -> Iterator[Endpoint]:
    path = settings.folder / "load.toml"
    path.write_text(plant_file(settings.stations), encoding="utf-8")
    with ExitStack() as begun:
        broker = Broker(settings.folder)
        begun.callback(broker.close)
        hub = Hub(settings.folder, path, broker.url)
        begun.callback(hub.close)
        hub.wait()
        yield Endpoint.parse(broker.url)


class Load:
    """The stations of one run. Full containers come back at once, so that there is always one to pull."""

    def __init__(self, settings: LoadSettings, endpoint: Endpoint) -> None:
        self._settings = settings
        self._chance = Random(settings.seed)  # noqa: S311 nothing secret hangs on it
        self._counting = Lock()
        self._tally = Tally()
        self._pulls: dict[str, ContractStation] = {}
        self._loops = {loop.consumer: loop.id for loop in load_plant(settings.stations).loops.values()}
        on = (self._receipted, self._lit)
        self._stations = [ContractStation(endpoint, Topics(SITE), station, on) for station in self._loops]

    def run(self) -> Figures:
        """Press for as long as was asked for, wait for the last answers, and count."""
        try:
            self._await_ready()
            self._press()
            self._await_settled()
        finally:
            for station in self._stations:
                station.close()
        with self._counting:
            return self._tally.figures()

    def _await_ready(self) -> None:
        deadline_s = time.monotonic() + READY_S
        for station in self._stations:
            if not station.is_ready.wait(max(0.0, deadline_s - time.monotonic())):
                reason = "told no lamps; does the hub have the plant that `kanban-sim load-plant` prints?"
                raise ProcessError(station.id, reason)

    def _press(self) -> None:
        began_s = resent_s = time.monotonic()
        for at_s in schedule(self._settings.rate, self._settings.seconds, self._chance):
            Event().wait(max(0.0, began_s + at_s - time.monotonic()))
            station = self._chance.choice(self._stations)
            with self._counting:
                signal = station.pull(self._loops[station.id])
                self._pulls[signal] = station
                self._tally.sent(signal, began_s + at_s)
            if time.monotonic() - resent_s > _TICK_S:
                resent_s = time.monotonic()
                self._resend()

    def _await_settled(self) -> None:
        deadline_s = time.monotonic() + SETTLE_S
        while time.monotonic() < deadline_s:
            with self._counting:
                if self._tally.is_settled():
                    return
            self._resend()
            Event().wait(_TICK_S)

    def _resend(self) -> None:
        for station in self._stations:
            station.resend()

    def _receipted(self, signal: str, receipt: Receipt) -> None:
        with self._counting:
            station = self._pulls.get(signal)
            if station is None:
                return  # the scan that brings a container back
            self._tally.receipted(signal, receipt.status, receipt.card)
        if receipt.status == "accepted" and receipt.card is not None:
            station.receive(receipt.card)

    def _lit(self, signals: list[str], at_s: float) -> None:
        with self._counting:
            self._tally.lit(signals, at_s)
