import tomllib
from dataclasses import replace

import msgspec
import pytest

from kanban_hardware.faults import faults
from kanban_hardware.wiring import (
    DEFAULT_WIRING,
    BuzzerWiring,
    QualityWiring,
    ScannerWiring,
    SlotWiring,
    StackWiring,
    Wiring,
)

TABLE = """
pins = "mock"
[[slots]]
slot = 1
button = 17
lamp = 22
[quality]
button = 5
[stack]
red = 6
amber = 13
green = 19
[buzzer]
pin = 26
[[scanners]]
kind = "serial"
port = "/dev/serial/by-id/usb-scanner"
baud_rate = 9600
"""

SLOT = SlotWiring(slot=1, button=17, lamp=22)
SCANNER = ScannerWiring(port="/dev/serial/by-id/usb-scanner")


def places(wiring: Wiring) -> list[str]:
    return [fault.where for fault in faults(wiring)]


def test_the_table_of_a_stations_file_becomes_a_wiring() -> None:
    wiring = msgspec.convert(tomllib.loads(TABLE), Wiring)
    assert wiring == Wiring(
        pins="mock",
        slots=(SLOT,),
        quality=QualityWiring(button=5),
        stack=StackWiring(red=6, amber=13, green=19),
        buzzer=BuzzerWiring(pin=26),
        scanners=(SCANNER,),
    )
    assert faults(wiring) == []


def test_the_parts_are_named_as_the_inputs_and_lamps_are() -> None:
    wiring = msgspec.convert(tomllib.loads(TABLE), Wiring)
    assert wiring.buttons == {"slot-1": 17, "quality": 5}
    assert wiring.lamps == {"slot-1": 22, "red": 6, "amber": 13, "green": 19}


def test_the_default_wiring_has_no_fault() -> None:
    assert faults(DEFAULT_WIRING) == []


def test_a_station_may_have_only_a_scanner() -> None:
    assert faults(Wiring(scanners=(SCANNER,))) == []


def test_a_station_without_slot_and_scanner_is_of_no_use() -> None:
    assert places(Wiring(quality=QualityWiring(button=5))) == ["hardware"]


def test_a_pin_used_twice_names_both_places() -> None:
    (fault,) = faults(Wiring(slots=(SLOT,), quality=QualityWiring(button=22)))
    assert fault.where == "hardware.quality.button"
    assert "hardware.slots[0].lamp" in fault.text


@pytest.mark.parametrize("pin", [-1, 28, 40])
def test_a_pin_that_does_not_exist_is_a_fault(pin: int) -> None:
    (fault,) = faults(Wiring(slots=(SLOT,), buzzer=BuzzerWiring(pin=pin)))
    assert fault.where == "hardware.buzzer.pin"
    assert "BCM" in fault.hint


@pytest.mark.parametrize(
    ("pin", "reason"), [(0, "HAT"), (1, "HAT"), (2, "pull-up"), (3, "I2C"), (14, "console")]
)
def test_a_reserved_pin_is_refused_with_its_reason(pin: int, reason: str) -> None:
    (fault,) = faults(Wiring(slots=(replace(SLOT, lamp=pin),)))
    assert fault.where == "hardware.slots[0].lamp"
    assert reason in fault.text


def test_slots_are_numbered_from_one_to_eight_and_once() -> None:
    slots = (SLOT, SlotWiring(1, 27, 23), SlotWiring(9, 24, 25), SlotWiring(0, 16, 20))
    assert places(Wiring(slots=slots)) == [f"hardware.slots[{index}].slot" for index in (1, 2, 3)]


def test_a_keyboard_scanner_is_refused_with_the_way_out() -> None:
    (fault,) = faults(Wiring(scanners=(replace(SCANNER, kind="keyboard"),)))
    assert fault.where == "hardware.scanners[0].kind"
    assert "USB-COM" in fault.hint


def test_every_setting_of_a_scanner_is_checked() -> None:
    bad = ScannerWiring(port="COM3", kind="usb", baud_rate=9601, terminator="tab")
    keys = ("kind", "terminator", "baud_rate", "port")
    assert places(Wiring(scanners=(bad,))) == [f"hardware.scanners[0].{key}" for key in keys]


def test_two_scanners_cannot_share_a_port() -> None:
    assert places(Wiring(scanners=(SCANNER, SCANNER))) == ["hardware.scanners[1].port"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        (Wiring(debounce_ms=0), "debounce_ms"),
        (Wiring(debounce_ms=201), "debounce_ms"),
        (Wiring(hold_ms=20), "hold_ms"),
        (Wiring(stuck_ms=2000), "stuck_ms"),
    ],
)
def test_times_have_their_ranges_and_order(changed: Wiring, key: str) -> None:
    assert places(replace(changed, slots=(SLOT,))) == [f"hardware.{key}"]


def test_all_faults_are_told_at_once() -> None:
    wiring = Wiring(
        pins="rpigpio",
        slots=(SlotWiring(slot=9, button=2, lamp=99),),
        quality=QualityWiring(button=99),
        scanners=(replace(SCANNER, kind="keyboard", baud_rate=1),),
        hold_ms=1,
    )
    assert places(wiring) == [
        "hardware.pins",
        "hardware.slots[0].slot",
        "hardware.slots[0].button",
        "hardware.slots[0].lamp",
        "hardware.quality.button",
        "hardware.quality.button",
        "hardware.scanners[0].kind",
        "hardware.scanners[0].baud_rate",
        "hardware.hold_ms",
    ]
    assert all(fault.text and fault.hint for fault in faults(wiring))
