"""The lines in the plant's file, and what of them cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.calendartable import Name
from kanban_hub.domain.line import Line
from kanban_hub.looptable import Id
from kanban_protocol.tomlfile import Fault


class LineTable(Struct, forbid_unknown_fields=True):
    id: Id
    name: Name
    stations: Annotated[list[Id], Meta(min_length=1)]


def lines_of(tables: Iterable[LineTable]) -> list[Line]:
    return [Line(table.id, table.name, tuple(table.stations)) for table in tables]


def faults(tables: Iterable[LineTable], stations: set[str]) -> Iterator[Fault]:
    """What is wrong with the lines of a plant that has these `stations`."""
    for index, line in enumerate(tables):
        where = f"lines[{index}].stations"
        for station, count in Counter(line.stations).items():
            if station not in stations:
                yield Fault(where, f"no station {station!r}", "add it under [[stations]]")
            elif count > 1:
                yield Fault(where, f"{station!r} stands twice", "name each station once")
