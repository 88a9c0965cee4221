"""The reasons in the plant's file."""

from collections.abc import Iterable

from msgspec import Struct, structs

from kanban_hub.calendartable import Name
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.looptable import Id


class ReasonTable(Struct, forbid_unknown_fields=True):
    id: Id
    name: Name
    kind: ReasonKind


def reasons_of(tables: Iterable[ReasonTable]) -> list[PlantReason]:
    return [PlantReason(**structs.asdict(table)) for table in tables]
