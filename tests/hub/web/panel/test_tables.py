"""The page's tables are those of the firmware: a tablet and a Pi beside each other say the same."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kanban_device import lamps, sender
from kanban_device.config import TimingTable
from kanban_hardware import buzzer, pattern
from kanban_hub.web.panel.texts import texts
from kanban_protocol import codes
from kanban_protocol.refusals import Refusal
from tests.hub.web.panel.tablet import Tablet

pytestmark = pytest.mark.chromium

STATIC = Path(lamps.__file__).parents[2] / "hub" / "kanban_hub" / "web" / "static" / "panel"


@pytest.fixture(scope="module")
def sources() -> str:
    return "\n".join(path.read_text() for path in sorted(STATIC.glob("*.js")))


def exported(page: Page, module: str, name: str) -> Any:
    return page.evaluate(f"import('/static/panel/{module}.js').then((module) => module.{name})")


def test_the_layers_of_the_lamps_are_those_of_the_firmware(page: Page) -> None:
    of_firmware = {
        layer.value: {
            place: painted.value if (painted := getattr(paint, place)) is not None else None
            for place in ("slots", "red", "amber", "green")
        }
        for layer, paint in lamps.LAYERS.items()
        if layer is not lamps.Layer.STUCK  # a page has no contacts that stick
    }

    assert exported(page, "lamps", "LAYERS") == of_firmware
    assert list(exported(page, "lamps", "LAYERS")) == list(of_firmware)


def test_the_patterns_blink_as_those_of_the_hardware(page: Page) -> None:
    assert exported(page, "lamps", "TICKS") == {one.value: ticks for one, ticks in pattern.TICKS.items()}
    assert exported(page, "lamps", "TICK_MS") == pattern.TICK_S * 1000


def test_the_command_codes_are_those_of_the_printed_sheet(page: Page) -> None:
    assert exported(page, "codes", "INTENTS") == codes.INTENTS
    assert exported(page, "codes", "HELP") == codes.HELP


def test_the_times_are_those_of_the_firmware(sources: str) -> None:
    timing = TimingTable()
    told = {
        "UNDO_MS": timing.undo_s,
        "ARMED_MS": timing.armed_s,
        "HUB_LOST_MS": timing.hub_lost_s,
        "MESSAGE_MS": timing.message_s,
        "FIRST_RESEND_MS": sender.FIRST_RESEND_S,
        "LONGEST_RESEND_MS": sender.LONGEST_RESEND_S,
    }
    for name, seconds in told.items():
        (found,) = re.findall(rf"const {name} = ([\d_]+);", sources)
        assert int(found) == seconds * 1000, name
    for name in ("WINDOW", "RESEND_FACTOR", "SPREAD"):
        assert f"const {name} = {getattr(sender, name)};" in sources


def test_the_tones_are_those_of_the_buzzer(sources: str) -> None:
    (found,) = re.findall(r"TIMES_S = \{(.*)\};", sources)
    told = {
        name: tuple(map(float, times.split(","))) for name, times in re.findall(r"(\w+): \[([^\]]*)\]", found)
    }
    assert told == {tone.value: times for tone, times in buzzer.TIMES_S.items()}


def test_every_text_that_a_script_asks_for_is_there(sources: str) -> None:
    known = {key.replace("-", "_") for key in texts()}
    asked = set(re.findall(r"""texts\.of\(["'](\w+)["']""", sources))
    grown = set(re.findall(r"texts\.of\(`(\w+_)\$", sources))
    named = set(re.findall(r"""const (?:key|why) = .*?\? "(\w+)" : "(\w+)";""", sources))

    assert asked
    assert asked - known == set()
    assert {word for pair in named for word in pair} - known == set()
    assert {start for start in grown if not any(key.startswith(start) for key in known)} == set()
    assert {reason.value for reason in Refusal} - known == set()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bracket-0001", "bracket-0001"),
        (" \tbracket-0001 ", "bracket-0001"),
        ("]C1bracket-0001", "bracket-0001"),
        ("[)>\x1e06\x1d15Kbracket-0001\x1e\x04", "[)>\x1e06\x1d15Kbracket-0001\x1e\x04"),
        ("brücke", None),
        ("a\x00b", None),
        ("a" * 129, None),
    ],
)
def test_what_is_a_code_is_the_same_on_page_and_pi(tablet: Tablet, typed: str, code: str | None) -> None:
    found = tablet.page.evaluate(
        "(typed) => import('/static/panel/codes.js').then((module) => module.codeIn(typed))", typed
    )
    assert found == code


def test_made_names_are_those_of_the_contract(page: Page) -> None:
    drawn = page.evaluate(
        """() => import('/static/panel/ids.js').then(({ hex, uuid }) =>
             Array.from({ length: 200 }, () => [hex(8), uuid()]))"""
    )
    assert all(re.fullmatch(r"[0-9a-f]{16}", epoch) for epoch, _ in drawn)
    form = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert all(re.fullmatch(form, made) for _, made in drawn)
    assert len({name for pair in drawn for name in pair}) == 400
