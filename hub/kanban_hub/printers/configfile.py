"""Reading the printers file, with all its faults at once.

It is a file of the hub's machine and no part of the plant: a plant's file is changed in the pages and handed
on, and where the hub opens connections is for whoever runs it to say, never for a request.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from kanban_hub.calendartable import Name
from kanban_hub.looptable import Id
from kanban_hub.paper.form import LEAST_MM, MOST_MM
from kanban_hub.paper.zpl import Media
from kanban_hub.printers.printer import Printer
from kanban_protocol.tomlfile import Fault, TomlFile

Host = Annotated[str, Meta(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:_-]+\Z")]
Millimetres = Annotated[float, Meta(ge=LEAST_MM, le=MOST_MM)]
# A file of the printer's memory, by drive and name; nothing else may get into a command.
Font = Annotated[str, Meta(pattern=r"^[A-Z]:[A-Z0-9_-]{1,16}\.[A-Z]{3}\Z")]


class PrinterTable(Struct, forbid_unknown_fields=True):
    id: Id
    name: Name
    host: Host
    width: Millimetres
    height: Millimetres
    port: Annotated[int, Meta(ge=1, le=65_535)] = 9100
    dpi: Literal[203, 300, 600] = 203
    font: Font | None = None


class PrintersFile(Struct, forbid_unknown_fields=True):
    printers: list[PrinterTable] = []


def load(path: Path) -> dict[str, Printer]:
    """The printers by id, in the order of the file. Raises `ConfigError` with every fault."""
    file = TomlFile(path)
    tables = file.convert(PrintersFile).printers
    many = Counter(table.id for table in tables)
    faults = [
        Fault(f"printers[{index}].id", f"{table.id!r} stands twice", "give each printer its own id")
        for index, table in enumerate(tables)
        if many[table.id] > 1
    ]
    if faults:
        raise file.error(faults)
    return {table.id: _printer(table) for table in tables}


def _printer(table: PrinterTable) -> Printer:
    media = Media(table.dpi, table.font or "")
    return Printer(table.id, table.name, table.host, table.port, table.width, table.height, media)
