"""Who is told what: the people and programs of the notices file, as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.notices.config import NoticesConfig, Person
from kanban_hub.notices.notice import NoticeEvent
from kanban_hub.notices.roster import roster_of


@dataclass(frozen=True)
class RecipientPicture:
    """`events` are those asked for, `bounds` say when and of what they are told."""

    id: str
    name: str
    is_person: bool
    events: frozenset[NoticeEvent]
    groups: tuple[str, ...]
    bounds: tuple[str, ...]
    is_on_shift: bool


def recipients(config: NoticesConfig, now_ms: int, plant: Plant | None) -> list[RecipientPicture]:
    return [*_people(config, now_ms, plant), *_programs(config)]


def _people(config: NoticesConfig, now_ms: int, plant: Plant | None) -> Iterator[RecipientPicture]:
    for person in config.people:
        is_on = plant is None or person.shifts is None or roster_of(plant).is_on_shift(person.shifts, now_ms)
        yield RecipientPicture(
            person.id,
            person.name,
            True,
            frozenset(person.events),
            tuple(person.groups),
            tuple(_bounds(person)),
            is_on,
        )


def _programs(config: NoticesConfig) -> Iterator[RecipientPicture]:
    for one in config.webhooks:
        yield RecipientPicture(one.id, one.id, False, frozenset(one.events), (), (), True)


def _bounds(person: Person) -> Iterator[str]:
    if person.shifts:
        yield _("in the shifts %(shifts)s") % {"shifts": ", ".join(person.shifts)}
    if person.supplier:
        yield _("of %(station)s only") % {"station": person.supplier}
    elif person.stations:
        yield _("of %(stations)s only") % {"stations": ", ".join(person.stations)}
