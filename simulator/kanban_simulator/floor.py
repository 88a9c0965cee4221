"""All virtual stations of one plant, wired as many slots as they have loops."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kanban_device.config import MqttTable, StationConfig, StationTable
from kanban_hardware.wiring import DEFAULT_WIRING, HelpWiring, ScannerWiring, StackWiring, Wiring
from kanban_hub.domain.plant import Plant
from kanban_simulator.change import Changes
from kanban_simulator.station import VirtualStation

SCANNER = "/dev/serial/by-id/scanner"  # every virtual station puts its own pty in this place


class Floor:
    """One virtual station for each station of the plant. All of them tell one `changes`."""

    def __init__(self, plant: Plant, folder: Path, broker_url: str) -> None:
        """Power all of them on. `folder` takes their data, scanner ports and logs."""
        self.changes = Changes()
        self.stations: dict[str, VirtualStation] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for station in plant.stations:
            config = station_config(plant, station, folder, broker_url)
            self.stations[station] = VirtualStation(config, folder, folder / f"{station}.log", self.changes)

    def close(self) -> None:
        """End all firmware at once: each takes a moment to say good-bye."""
        with ThreadPoolExecutor(max_workers=len(self.stations)) as hands:
            list(hands.map(VirtualStation.close, self.stations.values()))


def station_config(plant: Plant, station: str, folder: Path, broker_url: str) -> StationConfig:
    """The configuration of one station of the plant."""
    return StationConfig(
        station=StationTable(
            id=station,
            site=plant.site,
            data=str(folder / station),
            language=plant.language_of(station),
        ),
        mqtt=MqttTable(url=broker_url),
        hardware=_wiring(max(plant.slots_at(station), default=1)),
    )


def _wiring(slots: int) -> Wiring:
    return dataclasses.replace(
        DEFAULT_WIRING,
        pins="mock",
        slots=DEFAULT_WIRING.slots[:slots],
        help=HelpWiring(button=12),
        stack=StackWiring(red=6, amber=13, green=19, blue=21, white=18),
        scanners=(ScannerWiring(port=SCANNER),),
    )
