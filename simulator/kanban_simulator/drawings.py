"""Draws the reference builds of `hardware/builds` again, and the tables of their pages: `./run drawings`."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kanban_device import config
from kanban_device.config import StationConfig
from kanban_hardware.drawing.circuit import Circuit, Driver, Supply, circuit
from kanban_hardware.drawing.document import Show, document
from kanban_hardware.drawing.parts import Board

FOLDER = Path(__file__).parents[2] / "hardware" / "builds"
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


def files(build: Build) -> Iterator[tuple[Path, str]]:
    """Each file of a build that is made, and what it must hold."""
    yield build.folder / "wiring.svg", build.document(Show.DRAWING)
    text = build.page.read_text(encoding="utf-8")
    for show in TABLES:
        text = replace_table(text, show, build.document(show))
    yield build.page, text


def replace_table(text: str, show: Show, table: str) -> str:
    """Put `table` between its two marks. Raises `ValueError` when they are not there."""
    start, end = f"<!-- {show} -->\n", f"<!-- end of {show} -->"
    new, count = re.subn(f"(?<={start}).*?(?={end})", lambda _found: table, text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{start.strip()} and {end} have to stand there once")
    return new


def main() -> int:
    for build in BUILDS:
        for path, text in files(build):
            path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
