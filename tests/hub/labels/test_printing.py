import re
from xml.etree import ElementTree as ET

import pytest
import segno
from barcode.codex import Code128

from kanban_hub.labels.printing import MODULE_MOST_MM, QUIET_MODULES, PrintedCard, card_svg, sheet_svg
from kanban_hub.labels.reading import read
from kanban_protocol.codes import COMMANDS

CARD = PrintedCard("bracket-0003", "bracket", "Bracket, left", 20, "Paint shop", "Final assembly")
parsed = ET.fromstring
SVG = "{http://www.w3.org/2000/svg}"


def modules_of(svg: str) -> list[str]:
    """The modules of each Code 128 in `svg`, measured from its drawing."""
    found = []
    for path in parsed(svg).iter(f"{SVG}path"):
        if "shape-rendering" in path.attrib:
            places = {int(at) for at in re.findall(r"M(\d+) 0h1v20h-1z", path.attrib["d"])}
            span = range(min(places), max(places) + 1)
            found.append("".join("1" if at in places else "0" for at in span))
            assert min(places) == QUIET_MODULES
    return found


def test_what_the_qr_code_says_is_read_back() -> None:
    label = read(CARD.qr_text)

    assert (label.card, label.item_code, label.quantity, label.lot) == ("bracket-0003", "BRACKET", 20, None)


def test_the_label_of_one_filling_says_its_lot() -> None:
    filled = PrintedCard("bracket-0003", "bracket", "Bracket", 15, "Paint shop", "Assembly", "A-778")

    assert (read(filled.qr_text).lot, read(filled.qr_text).quantity) == ("A-778", 15)
    assert "15 pieces · lot A-778" in card_svg(filled)


def test_what_the_bars_say_is_read_back() -> None:
    assert read(CARD.bars_text).card == "bracket-0003"
    assert set(CARD.bars_text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")


def test_the_bars_drawn_are_those_of_code_128() -> None:
    assert modules_of(card_svg(CARD)) == [Code128(CARD.bars_text).build()[0]]


def test_the_qr_code_drawn_is_that_of_the_envelope() -> None:
    drawn = segno.make_qr(CARD.qr_text, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None)
    path = re.findall(r' d="([^"]+)"', drawn)[0]

    assert path in card_svg(CARD)


def test_the_sheet_holds_every_command_that_a_station_knows() -> None:
    svg = sheet_svg((code, f"does {code}") for code in COMMANDS)

    assert modules_of(svg) == [Code128(code).build()[0] for code in COMMANDS]


@pytest.mark.parametrize("loop", ["a", "a" * 32])
def test_the_longest_number_fits_on_a_card(loop: str) -> None:
    svg = card_svg(PrintedCard(f"{loop}-000001", loop, "Item", 1, "a", "b"))

    module_mm = float(re.findall(r"scale\(([0-9.]+) 1\)", svg)[0])
    assert 0.17 <= module_mm <= MODULE_MOST_MM  # 0.17 mm: the least that hand scanners are sold for
    assert (len(modules_of(svg)[0]) + 2 * QUIET_MODULES) * module_mm <= 95.1


def test_a_hostile_name_is_text() -> None:
    card = PrintedCard("a-0001", "a", "<script>alert(1)</script>&", 1, "<b>", "c")

    root = parsed(card_svg(card))

    assert not list(root.iter(f"{SVG}script"))
    assert "<script>alert(1)</script>&" in [text.text for text in root.iter(f"{SVG}text")]
