"""The reference builds: their files load, and their drawings and tables are what the code makes of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_device.main import main as station
from kanban_hardware.drawing.document import Show
from kanban_hardware.faults import faults
from kanban_hardware.inputs import Pressed
from kanban_hardware.pattern import Pattern
from kanban_simulator.drawings import BUILDS, FOLDER, Build, made, overview, replace_table
from tests.hardware.test_panel import Bench

each_build = pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.name)


def test_every_folder_is_a_build() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == {build.name for build in BUILDS}


@each_build
def test_the_file_of_a_build_loads_without_faults(build: Build) -> None:
    assert faults(build.config.hardware) == []


def laid(build: Build) -> dict[str, int]:
    """The GPIO of each wire, as people read it in the list of the build's page."""
    row = r"^\| (.+?) \| header pin \d+ \(GPIO (\d+)\)"
    found = re.findall(row, build.page.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: int(bcm) for name, bcm in found}


@pytest.fixture
def bench(build: Build) -> Iterator[Bench]:
    """A running panel of the build's file; what is plugged is left away."""
    made = Bench(replace(build.config.hardware, scanners=(), display=None))
    made.panel.open()
    yield made
    made.panel.close()


with_slots = pytest.mark.parametrize(
    "build", [build for build in BUILDS if build.config.hardware.slots], ids=lambda build: build.name
)


@with_slots
def test_a_running_panel_hears_each_button_where_the_list_of_wires_says(build: Build, bench: Bench) -> None:
    for part in build.config.hardware.buttons:
        bench.pins.press(laid(build)[f"{part} button"])
        heard = next(taken for taken in iter(bench.hear, None) if isinstance(taken, Pressed))
        assert heard.part == part


@with_slots
def test_a_running_panel_lights_each_lamp_where_the_list_of_wires_says(build: Build, bench: Bench) -> None:
    parts = build.config.hardware.lamps
    for lit in parts:
        wanted = {part: Pattern.ON if part == lit else Pattern.OFF for part in parts}
        bench.panel.show(wanted)
        bench.pins.wait(partial(shows, bench, wanted))
        assert bench.pins.level(laid(build)[f"{lit} lamp, signal"]) is True


def shows(bench: Bench, wanted: dict[str, Pattern]) -> bool:
    return bench.panel.shown() == wanted


@each_build
def test_what_is_committed_is_what_the_code_draws(build: Build) -> None:
    for path, text in made(build):
        assert path.read_text(encoding="utf-8") == text, f"{path}: ./run drawings"


@each_build
def test_the_command_that_a_page_tells_prints_the_drawing_beside_it(build: Build) -> None:
    told = re.search(
        r"`kanban-station (wiring --config )station.toml([^>`]*)> wiring.svg`", build.page.read_text()
    )
    assert told is not None
    words = [*told[1].split(), str(build.folder / "station.toml"), *told[2].split()]

    assert CliRunner().invoke(station, words).output == (build.folder / "wiring.svg").read_text(
        encoding="utf-8"
    )


@each_build
def test_a_page_leads_from_parts_over_wires_and_meter_to_the_first_test(build: Build) -> None:
    headings = re.findall(r"^## (.+)$", build.page.read_text(), re.MULTILINE)

    assert headings == ["Parts", "Wire", "Measure before you switch on", "First test"]


def test_the_hardwares_page_lists_the_builds_with_their_sums() -> None:
    page, text = overview()

    assert page.read_text(encoding="utf-8") == text, "./run drawings"
    assert all(f"builds/{build.name}/wiring.svg" in text for build in BUILDS)


def test_the_display_that_a_file_offers_is_drawn_once_its_marks_are_taken_away(tmp_path: Path) -> None:
    offered = (FOLDER / "scanner-only" / "station.toml").read_text(encoding="utf-8")
    path = tmp_path / "station.toml"
    path.write_text(re.sub(r"^# (?=\[hardware\.display\]|kind = \"ssd)", "", offered, flags=re.MULTILINE))

    words = ["wiring", "--config", str(path), "--driver", "transistor", "--supply", "5V"]
    assert "display SDA" in CliRunner().invoke(station, words).output


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="<!-- parts -->"):
        replace_table("no table", Show.PARTS, "| a |\n")
