"""Draws the reference builds of `hardware/builds` again, and the tables of the pages: `./run drawings`."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kanban_device import config
from kanban_device.config import StationConfig
from kanban_hardware.drawing.circuit import Circuit, Driver, Supply, circuit
from kanban_hardware.drawing.document import Show, document
from kanban_hardware.drawing.parts import Board, parts, total
from kanban_hardware.drawing.table import Row, markdown

HARDWARE = Path(__file__).parents[2] / "hardware"
FOLDER = HARDWARE / "builds"
# A table stands between `<!-- wires -->` and `<!-- end of wires -->`.
TABLES = (Show.PARTS, Show.WIRES, Show.METER)


@dataclass(frozen=True)
class Build:
    """One reference build; what its station's file does not say, because the program need not know."""

    name: str
    driver: Driver
    supply: Supply
    board: Board

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def page(self) -> Path:
        return self.folder / "README.md"

    @property
    def config(self) -> StationConfig:
        return config.load(self.folder / "station.toml")

    @property
    def circuit(self) -> Circuit:
        return circuit(self.config.hardware, self.driver, self.supply)

    def document(self, show: Show) -> str:
        """What `kanban-station wiring` prints for this build's file."""
        return document(show, self.circuit, self.board, self.config.station.id)


BUILDS = (
    Build("one-slot", Driver.TRANSISTOR, Supply.V5, Board.ZERO_2W),
    Build("four-slots", Driver.ULN2803A, Supply.V24, Board.PI),
    Build("scanner-only", Driver.TRANSISTOR, Supply.V5, Board.ZERO_2W),
)


def made(build: Build) -> Iterator[tuple[Path, str]]:
    """Each file of a build that is made, and what it must hold."""
    yield build.folder / "wiring.svg", build.document(Show.DRAWING)
    text = build.page.read_text(encoding="utf-8")
    for show in TABLES:
        text = replace_table(text, show, build.document(show))
    yield build.page, text


def overview() -> tuple[Path, str]:
    """The hardware's page with the table of the builds."""
    page = HARDWARE / "README.md"
    rows = [_row(build) for build in BUILDS]
    table = markdown(("build", "has", "drawing", "parts, about"), rows) + "\n"
    return page, replace_table(page.read_text(encoding="utf-8"), "builds", table)


def _row(build: Build) -> Row:
    folder = f"builds/{build.name}"
    title = build.page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    price = f"{total(parts(build.circuit, build.board))} €"
    return f"[{build.name}]({folder}/README.md)", title, f"[wiring.svg]({folder}/wiring.svg)", price


def replace_table(text: str, name: str, table: str) -> str:
    """Put `table` between its two marks. Raises `ValueError` when they are not there."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    new, count = re.subn(f"(?<={start}).*?(?={end})", lambda _found: table, text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{start.strip()} and {end} have to stand there once")
    return new


def main() -> int:
    for path, text in [file for build in BUILDS for file in made(build)]:
        path.write_text(text, encoding="utf-8")
    path, text = overview()
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
