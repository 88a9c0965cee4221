"""The tables of the plant that have pages: how each is called, what its list shows, and where it is."""

from dataclasses import dataclass

from msgspec import Struct

from kanban_hub.calendartable import ClosedTable, ShiftTable
from kanban_hub.escalationtable import EscalationTable
from kanban_hub.floormaptable import FloorMapTable
from kanban_hub.language import N_
from kanban_hub.linetable import LineTable
from kanban_hub.looptable import LoopTable
from kanban_hub.planttables import ItemTable, PlantFile, SlotTable, StationTable
from kanban_hub.reasontable import ReasonTable
from kanban_hub.setting import Setting, settings_of


@dataclass(frozen=True)
class Sheet:
    """`table` is that of the file. `fixed` are the settings that stay once a row is there.

    `title`, `one` and `add` are the headings of the list, of a row and of the form for a new one; `said` what
    the table is for. `columns` are what the list shows, `home` is the address of the list.
    """

    table: str
    form: type[Struct]
    title: str
    one: str
    add: str
    said: str
    columns: tuple[str, ...]
    fixed: tuple[str, ...] = ("id",)
    home: str = ""

    @property
    def address(self) -> str:
        return self.home or f"/plant/{self.table}"

    @property
    def settings(self) -> list[Setting]:
        return settings_of(self.form)


SHEETS: dict[str, Sheet] = {
    sheet.table: sheet
    for sheet in (
        Sheet(
            "stations",
            StationTable,
            N_("Stations"),
            N_("Station"),
            N_("Add a station"),
            N_("A place with a Pi or a browser page. It supplies in one loop and consumes in another."),
            ("name", "id", "external", "shifts"),
        ),
        Sheet(
            "items",
            ItemTable,
            N_("Items"),
            N_("Item"),
            N_("Add an item"),
            N_("What goes round in containers."),
            ("name", "id"),
        ),
        Sheet(
            "loops",
            LoopTable,
            N_("Loops"),
            N_("Loop"),
            N_("Add a loop"),
            N_("The circuit of cards for one item between one supplier and one consumer."),
            ("id", "item", "supplier", "consumer", "cards", "container_quantity", "kind"),
            fixed=("id", "item", "supplier", "consumer"),
        ),
        Sheet(
            "lines",
            LineTable,
            N_("Lines"),
            N_("Line"),
            N_("Add a line"),
            N_("Stations that people look at together: each line has a board of its own."),
            ("name", "id", "stations"),
        ),
        Sheet(
            "reasons",
            ReasonTable,
            N_("Reasons and defects"),
            N_("Reason"),
            N_("Add a reason"),
            N_("What people choose from instead of typing: as tiles at the panel, and in quality."),
            ("kind", "name", "id"),
        ),
        Sheet(
            "escalation",
            EscalationTable,
            N_("Escalation"),
            N_("Level"),
            N_("Add a level"),
            N_(
                "When a call rises, and which groups are told. Without a row: level 1 after 5 and 30 minutes."
            ),
            ("level", "kinds", "take_within_s", "solve_within_s", "tell"),
            fixed=(),
        ),
        Sheet(
            "shifts",
            ShiftTable,
            N_("Shifts"),
            N_("Shift"),
            N_("Add a shift"),
            N_("Without shifts the plant works all the time."),
            ("name", "days", "from", "to", "breaks"),
            home="/plant/calendar",
        ),
        Sheet(
            "closed",
            ClosedTable,
            N_("Closed days"),
            N_("Closed day"),
            N_("Add a closed day"),
            N_("On a closed day no shift begins."),
            ("date", "name"),
            fixed=(),
            home="/plant/calendar",
        ),
    )
}

# What has no list of its own, for whoever tells of changes.
OTHERS: dict[str, tuple[type[Struct], str]] = {
    "slots": (SlotTable, N_("Button")),
    "floor_map": (FloorMapTable, N_("Floor map")),
    "plant": (PlantFile, N_("Plant")),
}


def word_of(table: str) -> str:
    """What a row of `table` is called, in English: to be said by `_`."""
    return SHEETS[table].one if table in SHEETS else OTHERS[table][1]


def settings_by_name(table: str) -> dict[str, Setting]:
    form = SHEETS[table].form if table in SHEETS else OTHERS[table][0]
    return {setting.name: setting for setting in settings_of(form)}
