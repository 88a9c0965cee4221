import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kanban_hardware.wiring import (
    COLOURS,
    BuzzerWiring,
    DisplayWiring,
    HelpWiring,
    NetworkLampWiring,
    ScannerWiring,
)
from kanban_simulator.broker import Broker
from kanban_simulator.errors import NoButtonError, NoScannerError
from kanban_simulator.station import VirtualStation
from tests.simulator.conftest import config
from tests.waiting import is_gone, until

NOT_ASSIGNED = ["Button has no meaning yet"]
PARENT = """
import sys
from pathlib import Path
from threading import Event
import msgspec
from kanban_device.config import StationConfig
from kanban_simulator.station import VirtualStation
folder = Path(sys.argv[1])
config = msgspec.json.decode((folder / "config.json").read_bytes(), type=StationConfig)
print(VirtualStation(config, folder, folder / "log").pid, flush=True)
Event().wait()
"""


def test_a_station_that_knows_nothing_says_so_on_every_lamp(station: VirtualStation) -> None:
    state = station.state()

    assert set(state.slots.values()) == {"double"}
    assert state.stack == {"red": "double", "amber": "double", "green": "off"}
    assert (state.power, state.network, state.outbox) == (True, True, 0)


def test_the_lamps_really_blink(station: VirtualStation) -> None:
    until(lambda: station.sight().lit["slot-1"], "a lit lamp")
    until(lambda: not station.sight().lit["slot-1"], "a dark lamp")


def test_a_press_goes_through_the_pins_to_the_firmware(station: VirtualStation) -> None:
    station.button("slot-1").press(0.1)

    until(lambda: station.state().display == NOT_ASSIGNED, "the refusal on the display")


def test_a_scan_goes_through_the_port_into_the_outbox(station: VirtualStation) -> None:
    until(lambda: scan(station) > 0, "a stored scan")


def test_what_is_stored_outlives_a_power_cut(station: VirtualStation) -> None:
    stored = until(lambda: scan(station), "a stored scan")
    before = station.pid
    assert before is not None

    station.power(on=False)
    assert is_gone(before)
    assert (station.state().power, set(station.state().slots.values())) == (False, {"off"})
    assert station.state().outbox >= stored
    station.power(on=True)

    until(lambda: station.state().slots["1"] == "double", "the lamps after the start")
    until(lambda: station.state().outbox >= stored, "the outbox after the start")
    assert station.pid != before


def test_a_station_without_power_hears_neither_button_nor_scanner(station: VirtualStation) -> None:
    station.power(on=False)
    station.power(on=False)
    station.button("slot-1").press(0.01)
    station.scan("bracket-0001")
    station.power(on=True)

    until(lambda: station.state().slots["1"] == "double", "the lamps after the start")
    assert (station.state().outbox, station.state().display) == (0, [])


def test_a_firmware_that_dies_by_itself_is_started_again(station: VirtualStation) -> None:
    before = station.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)

    until(lambda: station.pid not in (before, None), "another firmware")
    until(lambda: station.state().slots["1"] == "double", "its lamps")


def test_the_network_can_be_cut_and_restored(station: VirtualStation) -> None:
    station.network(on=False)
    assert not station.state().network
    station.network(on=True)
    assert station.state().network


def test_a_button_and_a_scanner_that_are_not_wired_are_named(tmp_path: Path, station: VirtualStation) -> None:
    with pytest.raises(NoButtonError, match="slot-7"):
        station.button("slot-7")


def test_a_station_without_a_scanner_cannot_scan(tmp_path: Path, broker: Broker) -> None:
    wired = config(tmp_path, broker.url)
    bare = msgspec.structs.replace(wired, hardware=msgspec.convert({"slots": []}, type(wired.hardware)))
    lonely = VirtualStation(bare, tmp_path, tmp_path / "log")
    try:
        with pytest.raises(NoScannerError, match="assembly"):
            lonely.scan("bracket-0001")
    finally:
        lonely.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_firmware_outlives_its_station(tmp_path: Path, broker: Broker, how: signal.Signals) -> None:
    (tmp_path / "config.json").write_bytes(msgspec.json.encode(config(tmp_path, broker.url)))
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        firmware = int(parent.stdout.readline())
        assert not is_gone(firmware)
        os.kill(parent.pid, how)

    until(lambda: is_gone(firmware), "the end of the firmware")


def scan(station: VirtualStation) -> int:
    """Scan, and say how many signals are stored: a scanner's port may still be being opened."""
    station.scan("bracket-0001")
    return station.state().outbox


def test_every_part_that_hangs_on_something_else_than_pins_is_on_the_panel_too(
    tmp_path: Path, broker: Broker
) -> None:
    """A tower on the network is a stack light here, a scanner that types is a pty."""
    wired = config(tmp_path, broker.url)
    hardware = replace(
        wired.hardware,
        stack=None,
        help=HelpWiring(button=12),
        network_lamp=NetworkLampWiring("http://192.168.10.1", colours=COLOURS),
        buzzer=BuzzerWiring(26, "passive", active_low=True),
        display=DisplayWiring(),
        scanners=(ScannerWiring("/dev/input/by-id/usb-scanner-event-kbd", "keyboard"),),
    )
    station = VirtualStation(msgspec.structs.replace(wired, hardware=hardware), tmp_path, tmp_path / "log")
    try:
        until(lambda: station.state().stack.get("red") == "double", "the firmware's first lamps")
        assert station.state().stack["blue"] == "off"
        station.button("help").press(0.1)
        until(lambda: station.state().stack["blue"] == "on", "blue: a call waits for the hub")
        assert station.state().outbox == 1
        until(lambda: not station.sight().sounds, "the end of its beep")
        station.scan("KSS:UNDO")
        until(lambda: station.state().stack["white"] == "slow", "white: a card is waited for")
        until(lambda: station.sight().lit["white"], "a lit lamp")
    finally:
        station.close()
