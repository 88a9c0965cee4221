"""A chart as plain values: what the template draws, and the table that says the same in words.

Across, all lengths are thousandths of the width, whatever that is on a screen; down they are pixels. So a
chart fits a phone and a wall, and its letters are as large as those around it.
"""

from dataclasses import dataclass
from datetime import datetime

WIDTH = 1000.0
HEIGHT = 220.0


@dataclass(frozen=True)
class Tick:
    """A place on an axis. One in time has an `instant`, and `form` says how moments are written there."""

    at: float
    text: str
    instant: datetime | None = None
    form: str = "day"


@dataclass(frozen=True)
class Bar:
    """`look` names its fill; `text` is told to whoever points at it."""

    x: float
    y: float
    width: float
    height: float
    text: str
    look: str = "plain"


@dataclass(frozen=True)
class Shape:
    """`path` is one of SVG; `look` names how it is filled or drawn."""

    path: str
    text: str
    look: str


@dataclass(frozen=True)
class Mark:
    """A line from top to bottom at `x`, named in the line of text `row`, on the side with more room."""

    x: float
    text: str
    row: int = 0

    @property
    def is_before(self) -> bool:
        """Whether the name stands before the line."""
        return self.x > WIDTH / 2


@dataclass(frozen=True)
class Label:
    """A text at the beginning of the line `y`, or at its end. `is_data`: it is said in no language."""

    y: float
    text: str
    is_end: bool = False
    is_data: bool = False


@dataclass(frozen=True)
class Key:
    """What a look means; `is_line` when it is that of a line."""

    look: str
    text: str
    is_line: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the table. `name` is a text, or an instant; `href` is where the events behind it stand."""

    name: str | datetime
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chart:
    """`id` is unlike all others of the page. `told` says in a sentence or two what there is to see."""

    id: str
    title: str
    told: str
    table: Table
    height: float = HEIGHT
    across: tuple[Tick, ...] = ()
    up: tuple[Tick, ...] = ()
    bars: tuple[Bar, ...] = ()
    areas: tuple[Shape, ...] = ()
    lines: tuple[Shape, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    keys: tuple[Key, ...] = ()
