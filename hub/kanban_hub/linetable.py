"""The lines in the plant's file, and what of them cannot be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Struct

from kanban_hub.calendartable import Name
from kanban_hub.domain.line import Line
from kanban_hub.language import N_, _
from kanban_hub.looptable import Id
from kanban_hub.setting import setting
from kanban_protocol.tomlfile import Fault

_STATIONS = setting(
    N_("Stations"),
    N_("Its board shows the loops that begin or end at one of them."),
    of="stations",
    is_ordered=True,
    min_length=1,
)


class LineTable(Struct, forbid_unknown_fields=True):
    id: Annotated[Id, setting(N_("Id"), N_("The address of its board; it stays."))]
    name: Annotated[Name, setting(N_("Name"), N_("What people read."))]
    stations: Annotated[list[Id], _STATIONS]


def lines_of(tables: Iterable[LineTable]) -> list[Line]:
    return [Line(table.id, table.name, tuple(table.stations)) for table in tables]


def faults(tables: Iterable[LineTable], stations: set[str]) -> Iterator[Fault]:
    """What is wrong with the lines of a plant that has these `stations`."""
    for index, line in enumerate(tables):
        where = f"lines[{index}].stations"
        for station, count in Counter(line.stations).items():
            if station not in stations:
                text = _("no station '%(station)s'") % {"station": station}
                yield Fault(where, text, _("add it under [[stations]]"))
            elif count > 1:
                text = _("'%(station)s' stands twice") % {"station": station}
                yield Fault(where, text, _("name each station once"))
