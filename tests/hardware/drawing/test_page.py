"""The drawing as its text: what it says of each wire. How it looks: test_sight."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings

from kanban_hardware.drawing.circuit import Circuit, Driver, circuit
from kanban_hardware.drawing.header import HEADER
from kanban_hardware.drawing.page import draw
from kanban_hardware.drawing.wires import wires
from kanban_hardware.wiring import RESERVED, DisplayWiring, Wiring
from tests.hardware.drawing.wirings import CIRCUITS, FULL, SCANNER, SCANNER_ALONE, wirings

SVG = "{http://www.w3.org/2000/svg}"


def drawing(drawn: Circuit) -> Element:
    return fromstring(draw(drawn, "Wiring of the station <assembly> & more"))  # noqa: S314 - our own text


def texts(root: Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def groups(root: Element) -> list[str]:
    return [group[0].text or "" for group in root.iter(f"{SVG}g")]


@settings(max_examples=30)
@given(wirings())
def test_each_wire_says_its_part_its_gpio_and_its_header_pin_at_both_ends(wiring: Wiring) -> None:
    root = drawing(circuit(wiring))
    said, named = texts(root), groups(root)

    for part, bcm in wiring.buttons.items():
        assert f"{part} button" in said
        assert any(f"GPIO {bcm}: {part} button" in name for name in named)
    for load in circuit(wiring).loads:
        assert f"{load.label} → {load.input}" in said
        assert f"{load.label} · {load.pin.name} · pin {load.pin.number}" in said
        assert {load.label, f"{load.label}, a piezo"} & set(said)


@pytest.mark.parametrize("drawn", CIRCUITS.values(), ids=list(CIRCUITS))
def test_each_output_has_its_pull_down_and_each_button_its_series_resistor(drawn: Circuit) -> None:
    said = texts(drawing(drawn))

    assert said.count("4.7 kΩ") == len(drawn.loads)
    assert said.count("1 kΩ") == len(drawn.contacts) + len(drawn.driven_by(Driver.TRANSISTOR))


@pytest.mark.parametrize("drawn", CIRCUITS.values(), ids=list(CIRCUITS))
def test_all_forty_pins_are_there_and_the_reserved_ones_say_why(drawn: Circuit) -> None:
    said = texts(drawing(drawn))

    assert [said.count(str(pin.number)) for pin in HEADER] == [1] * 40
    for bcm, why in RESERVED.items():
        assert f"GPIO {bcm}" in said
        assert (f"✕ {why}" in said) is not (bcm in (2, 3) and drawn.header_display is not None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("low", {"JD-VCC", "3.3 V → VCC of boards", "5 V → coils of relays", "0 V of the lamps' supply"}),
        ("relays", {"relays IN 1", "COM 1 to 3", "COM of the relays"}),
        ("module", {"buzzer → module I/O", "3.3 V · header pin 17"}),
        ("tower", {"Signal tower la6, red, amber, green: http://192.168.10.1", "buzzer, a piezo", "2.2 kΩ"}),
        ("full", {"display SDA", "SSD1306", "help button", "blue lamp", "white lamp"}),
    ],
)
def test_a_drawing_shows_boards_displays_towers_and_every_colour(name: str, words: set[str]) -> None:
    said = {word for text in texts(drawing(CIRCUITS[name])) for word in (text, text.partition(" → ")[2])}

    assert words <= said


def test_a_display_on_another_bus_is_not_drawn_at_the_headers_pins() -> None:
    """Which pins the bus has says its overlay, not the station's file."""
    elsewhere = circuit(replace(FULL, display=DisplayWiring(bus=3)))
    said, laid = texts(drawing(elsewhere)), [name for name, *_ in wires(elsewhere)]

    assert "display SDA" not in said
    assert "I2C bus 3" in said
    assert "display" in laid
    assert "display SDA" not in laid


def test_a_reader_on_the_headers_serial_pins_is_not_drawn_at_usb() -> None:
    uart = circuit(replace(SCANNER_ALONE, scanners=(replace(SCANNER, port="/dev/serial0"),)))

    assert "serial port of the Pi" in texts(drawing(uart))
    assert "USB socket of the Pi" in texts(drawing(CIRCUITS["scanner-alone"]))


def test_a_transistors_buzzer_has_a_flyback_diode_and_a_chip_says_that_it_brings_its_own() -> None:
    assert "1N4007, bar to the plus" in texts(drawing(CIRCUITS["small-5v"]))
    assert "COM: the chip's own flyback diodes" in texts(drawing(CIRCUITS["default"]))


@pytest.mark.parametrize(("name", "supply"), [("default", "24 V supply"), ("small-5v", "5 V · header pin 2")])
def test_what_feeds_the_lamps_is_drawn(name: str, supply: str) -> None:
    assert supply in texts(drawing(CIRCUITS[name]))


def test_who_cannot_see_the_drawing_hears_its_title_and_each_wire() -> None:
    root = drawing(CIRCUITS["default"])

    assert root.get("role") == "img"
    assert root[0].text == "Wiring of the station <assembly> & more"
    assert "slot-1 button at GPIO 17, header pin 11" in (root[1].text or "")


def test_the_page_is_a4_and_keeps_its_proportions_when_much_is_drawn() -> None:
    for drawn in CIRCUITS.values():
        root = drawing(drawn)
        assert (root.get("width"), root.get("height")) == ("210mm", "297mm")
        *_corner, width, height = map(float, (root.get("viewBox") or "").split())
        assert width / height == pytest.approx(210 / 297, abs=0.001)


def test_equal_wirings_give_equal_drawings() -> None:
    assert draw(CIRCUITS["full"], "x") == draw(CIRCUITS["full"], "x")
