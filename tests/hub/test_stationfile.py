"""The file that a new Pi is given is one that its firmware takes."""

from pathlib import Path

import pytest

from kanban_device import config
from kanban_hardware.wiring import DEFAULT_WIRING
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station
from kanban_hub.stationfile import BUILDS, broker_url, station_file
from kanban_protocol.endpoint import Endpoint

ROOT = Path(__file__).parent.parent.parent
NASTY = 'Bracket\n[mqtt]\nurl = "mqtt://evil" \u2028 # "x"'


def floor(loops: int) -> Floor:
    stations = [Station("assembly", NASTY), Station("paint", "Paint shop")]
    items = [Item(f"item-{n}", NASTY) for n in range(loops)]
    made = [KanbanLoop(f"loop-{n}", f"item-{n}", "paint", "assembly", 10, 2) for n in range(loops)]
    return Floor(Plant("plant", stations, items, made))


def loaded(tmp_path: Path, text: str) -> config.StationConfig:
    path = tmp_path / "station.toml"
    path.write_text(text)
    return config.load(path)


@pytest.mark.parametrize("loops", [1, 4])
def test_the_firmware_takes_the_file_as_it_is(tmp_path: Path, loops: int) -> None:
    found = loaded(tmp_path, station_file(floor(loops), "assembly", "mqtt://hub.lan:1883"))

    assert (found.station.id, found.station.site, found.mqtt.url) == (
        "assembly",
        "plant",
        "mqtt://hub.lan:1883",
    )
    assert [slot.slot for slot in found.hardware.slots] == list(range(1, loops + 1))


def test_its_pins_are_those_of_the_default_wiring(tmp_path: Path) -> None:
    found = loaded(tmp_path, station_file(floor(4), "assembly", "mqtt://hub.lan:1883")).hardware

    assert found.slots == DEFAULT_WIRING.slots
    assert (found.quality, found.stack, found.buzzer) == (
        DEFAULT_WIRING.quality, DEFAULT_WIRING.stack, DEFAULT_WIRING.buzzer,
    )  # fmt: skip


def test_slots_without_pins_of_their_own_are_left_to_be_filled_in(tmp_path: Path) -> None:
    text = station_file(floor(6), "assembly", "mqtt://hub.lan:1883")

    assert [slot.slot for slot in loaded(tmp_path, text).hardware.slots] == [1, 2, 3, 4]
    assert "# slot = 5" in text


@pytest.mark.parametrize("name", list(BUILDS))
def test_each_build_is_wired_as_its_drawing(tmp_path: Path, name: str) -> None:
    drawn = config.load(ROOT / "hardware/builds" / name / "station.toml").hardware

    found = loaded(tmp_path, station_file(floor(4), "assembly", "mqtt://hub.lan:1883", BUILDS[name])).hardware

    assert (found.slots, found.quality, found.help, found.stack, found.buzzer) == (
        drawn.slots, drawn.quality, drawn.help, drawn.stack, drawn.buzzer,
    )  # fmt: skip
    assert (found.display, found.network_lamp) == (drawn.display, drawn.network_lamp)
    assert [one.kind for one in found.scanners] == [one.kind for one in drawn.scanners]


def test_with_tls_it_names_the_files_of_the_certificate(tmp_path: Path) -> None:
    found = loaded(tmp_path, station_file(floor(1), "assembly", "mqtts://hub.lan:8883"))

    assert found.endpoint.tls
    assert found.mqtt.certificate == "/etc/kanban-station/station.crt"


@pytest.mark.parametrize(
    ("broker", "host", "url"),
    [
        (None, "hub.lan", "mqtt://hub.lan:1883"),
        (Endpoint("127.0.0.1", 1883), "hub.lan", "mqtt://hub.lan:1883"),
        (Endpoint("localhost", 8883, tls=True), "10.0.0.5", "mqtts://10.0.0.5:8883"),
        (Endpoint("::1", 1883), "fd00::5", "mqtt://[fd00::5]:1883"),
        (Endpoint("broker.lan", 1884, username="u", password="p"), "hub.lan", "mqtt://broker.lan:1884"),
    ],
)
def test_the_brokers_address_is_the_one_that_stations_reach(
    broker: Endpoint | None, host: str, url: str
) -> None:
    assert broker_url(broker, host) == url


def test_a_reader_on_the_hub_itself_is_given_its_name() -> None:
    assert "127.0.0.1" not in broker_url(Endpoint("127.0.0.1", 1883), "127.0.0.1")
