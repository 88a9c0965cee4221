"""The reasons in the plant's file."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Struct, structs

from kanban_hub.calendartable import Name
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.language import N_
from kanban_hub.looptable import Id
from kanban_hub.setting import setting

_KIND = setting(
    N_("Kind"),
    N_("For what it is chosen: each kind has a list of its own."),
)


class ReasonTable(Struct, forbid_unknown_fields=True):
    id: Annotated[Id, setting(N_("Id"), N_("What signals, events and figures carry; it stays."))]
    name: Annotated[Name, setting(N_("Name"), N_("What people read."))]
    kind: Annotated[ReasonKind, _KIND]


def reasons_of(tables: Iterable[ReasonTable]) -> list[PlantReason]:
    return [PlantReason(**structs.asdict(table)) for table in tables]
