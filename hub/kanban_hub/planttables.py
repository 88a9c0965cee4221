"""The tables of the plant's file, as they stand there."""

from enum import StrEnum
from typing import Annotated

from msgspec import Struct

from kanban_hub.calendartable import ClosedTable, Name, ShiftTable
from kanban_hub.escalationtable import EscalationTable, Fails, StopWithin, Takt
from kanban_hub.floormaptable import Coordinate, FloorMapTable
from kanban_hub.language import N_
from kanban_hub.linetable import LineTable
from kanban_hub.looptable import Id, LoopTable
from kanban_hub.reasontable import ReasonTable
from kanban_hub.setting import setting

MAX_SLOTS = 8

_LEVELLING, _STOP = N_("Levelling"), N_("Stopping the line")
_POSITION = setting(
    N_("Position"),
    N_("On the floor map: how far to the right and how far down. The map sets it by dragging."),
)
_EXTERNAL = setting(
    N_("Outside the plant"), N_("A supplier of another firm: it gets a link to its own page, and no Pi.")
)
_SHIFTS = setting(
    N_("Shifts"),
    N_("Somebody works here only in these. None chosen: in all shifts of the plant."),
    of="shifts",
    min_length=1,
)
_PITCH = setting(
    N_("Pitch"), N_("One container in this time: the station is levelled. 0: it is not."),
    unit="s", part=_LEVELLING, ge=0, le=86_400,
)  # fmt: skip
_FROZEN = setting(
    N_("Frozen pitches"), N_("So many pitches ahead a change of the sequence needs a reason."),
    part=_LEVELLING, ge=1, le=96,
)  # fmt: skip
_TAKT = setting(
    N_("Takt"),
    N_(
        "A call stops the line only when so much working time is over and it is not solved. "
        "Without it every call is red at once and no line is stopped."
    ),
    unit="s",
    part=_STOP,
)
_FAILS = setting(
    N_("Quality fails that stop the line"), N_("The last of so many stops the line at once."), part=_STOP
)
_WITHIN = setting(N_("… within"), N_("The time in which these fails are counted."), unit="s", part=_STOP)
_LANGUAGE = setting(N_("Language of the display"), N_("None chosen: that of the plant."), part=N_("Display"))
_LANGUAGE_OF_ALL = setting(
    N_("Language of the displays"), N_("What stations speak that have none of their own.")
)
_SLOT = setting(N_("Slot"), N_("The number of the lit button."), ge=1, le=MAX_SLOTS)


class Language(StrEnum):
    """Those of `kanban_protocol.catalogue.LANGUAGES`, as a type."""

    EN = "en"
    DE = "de"
    ES = "es"
    PL = "pl"
    ZH = "zh"


class StationTable(Struct, forbid_unknown_fields=True, omit_defaults=True):
    id: Annotated[Id, setting(N_("Id"), N_("Of topics and files; it stays. The station's Pi bears it."))]
    name: Annotated[Name, setting(N_("Name"), N_("What people read."))]
    position: Annotated[tuple[Coordinate, Coordinate], _POSITION] | None = None
    external: Annotated[bool, _EXTERNAL] = False
    shifts: Annotated[list[Id], _SHIFTS] = []
    pitch_s: Annotated[float, _PITCH] = 0.0
    frozen_pitches: Annotated[int, _FROZEN] = 4
    takt_s: Annotated[Takt, _TAKT] | None = None
    stop_after_fails: Annotated[Fails, _FAILS] | None = None
    stop_within_s: Annotated[StopWithin, _WITHIN] | None = None
    language: Annotated[Language, _LANGUAGE] | None = None


class ItemTable(Struct, forbid_unknown_fields=True):
    id: Annotated[Id, setting(N_("Id"), N_("The item's number here; it stays."))]
    name: Annotated[Name, setting(N_("Name"), N_("What people read."))]


class SlotTable(Struct, forbid_unknown_fields=True):
    station: Annotated[Id, setting(N_("Station"), N_("Whose button it is."), of="stations")]
    slot: Annotated[int, _SLOT]
    loop: Annotated[Id, setting(N_("Loop"), N_("What the button asks for or delivers."), of="loops")]


class PlantFile(Struct, forbid_unknown_fields=True):
    site: Annotated[Id, setting(N_("Site"), N_("The short name of the plant in all topics; it stays."))]
    timezone: Annotated[str, setting(N_("Time zone"), N_("A name of IANA, such as Europe/Berlin."))] = "UTC"
    language: Annotated[Language, _LANGUAGE_OF_ALL] = Language.EN
    shifts: list[ShiftTable] = []
    closed: list[ClosedTable] = []
    escalation: list[EscalationTable] = []
    stations: list[StationTable] = []
    items: list[ItemTable] = []
    loops: list[LoopTable] = []
    slots: list[SlotTable] = []
    lines: list[LineTable] = []
    reasons: list[ReasonTable] = []
    floor_map: FloorMapTable = FloorMapTable()
