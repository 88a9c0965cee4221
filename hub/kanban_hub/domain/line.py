"""A line: stations that people look at together, on a board of their own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`stations` are ids in the order in which the board shows them. A station may stand in several lines."""

    id: str
    name: str
    stations: tuple[str, ...]
