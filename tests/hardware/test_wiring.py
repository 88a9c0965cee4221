import tomllib
from dataclasses import replace

import msgspec
import pytest

from kanban_hardware.faults import faults
from kanban_hardware.wiring import (
    DEFAULT_WIRING,
    BuzzerWiring,
    DisplayWiring,
    HelpWiring,
    NetworkLampWiring,
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
[help]
button = 12
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
        help=HelpWiring(button=12),
        stack=StackWiring(red=6, amber=13, green=19),
        buzzer=BuzzerWiring(pin=26),
        scanners=(SCANNER,),
    )
    assert faults(wiring) == []


def test_the_parts_are_named_as_the_inputs_and_lamps_are() -> None:
    wiring = msgspec.convert(tomllib.loads(TABLE), Wiring)
    assert wiring.buttons == {"slot-1": 17, "quality": 5, "help": 12}
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


def test_a_scanner_that_types_is_named_by_its_input_device() -> None:
    typing = replace(SCANNER, kind="keyboard", port="event0", keymap="de")
    (fault,) = faults(Wiring(scanners=(typing,)))
    assert fault.where == "hardware.scanners[0].port"
    assert "/dev/input/by-id/" in fault.hint


def test_the_colours_of_a_stack_are_three_to_five() -> None:
    stack = StackWiring(red=6, amber=13, green=19, blue=21)
    assert list(Wiring(stack=stack).lamps) == ["red", "amber", "green", "blue"]
    assert places(Wiring(slots=(SLOT,), stack=replace(stack, white=22))) == ["hardware.stack.white"]


def test_relays_belong_to_the_table_that_hangs_on_them() -> None:
    wiring = Wiring(
        slots=(SLOT, SlotWiring(2, 27, 23, active_low=True, blink=False)),
        stack=StackWiring(red=6, amber=13, green=19, blink=False),
        buzzer=BuzzerWiring(pin=26, active_low=True),
    )
    assert wiring.active_low == {23, 26}
    assert wiring.steady == {"slot-2", "red", "amber", "green"}


def test_the_display_takes_the_pins_of_the_bus_and_says_so() -> None:
    wiring = Wiring(slots=(SLOT,), help=HelpWiring(button=3))
    without, with_display = faults(wiring), faults(replace(wiring, display=DisplayWiring()))
    assert [fault.where for fault in without] == ["hardware.help.button"]
    assert "pull-up" in without[0].text
    assert "display's clock line" in with_display[0].text


def test_every_setting_of_a_display_is_checked() -> None:
    bad = DisplayWiring(kind="lcd1602", address=0, bus=-1, rotate=4, font_px=99)
    keys = ("kind", "address", "rotate", "bus", "font_px")
    assert places(Wiring(slots=(SLOT,), display=bad)) == [f"hardware.display.{key}" for key in keys]
    (fault,) = faults(Wiring(slots=(SLOT,), display=DisplayWiring(kind="sh1106", height=48)))
    assert "128 × 64" in fault.hint


@pytest.mark.parametrize(
    "url",
    [
        "lamp",
        "https://lamp",
        "http://",
        "http://lamp/api",
        "http://u:p@lamp",
        "http://lamp:x",
        "http://[",
        "",
    ],
)
def test_a_network_lamp_has_the_address_of_a_machine(url: str) -> None:
    lamp = NetworkLampWiring(url)
    assert places(Wiring(slots=(SLOT,), network_lamp=lamp)) == ["hardware.network_lamp.url"]


def test_every_setting_of_a_network_lamp_is_checked() -> None:
    bad = NetworkLampWiring("http://lamp", "siemens", ("red", "red", "pink"), 70_000)
    keys = ("kind", "colours", "colours", "colours", "status_port")
    found = places(Wiring(slots=(SLOT,), network_lamp=bad))
    assert found == [f"hardware.network_lamp.{key}" for key in keys]


def test_a_station_has_one_stack_light() -> None:
    stack, lamp = StackWiring(6, 13, 19), NetworkLampWiring("http://192.168.10.1/")
    assert faults(Wiring(slots=(SLOT,), network_lamp=lamp)) == []
    assert places(Wiring(slots=(SLOT,), stack=stack, network_lamp=lamp)) == ["hardware.network_lamp"]


def test_the_lamps_on_the_network_are_lamps_of_the_station() -> None:
    lamp = NetworkLampWiring("http://192.168.10.1", colours=("red", "amber", "green", "white"))
    assert Wiring(slots=(SLOT,), network_lamp=lamp).lamp_parts == ("slot-1", "red", "amber", "green", "white")


def test_every_setting_of_a_scanner_is_checked() -> None:
    bad = ScannerWiring("COM3", "usb", 9601, terminator="tab", keymap="dvorak", repeat_ms=-1)
    keys = ("kind", "terminator", "keymap", "baud_rate", "repeat_ms", "port")
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
        scanners=(replace(SCANNER, kind="bluetooth", baud_rate=1),),
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
