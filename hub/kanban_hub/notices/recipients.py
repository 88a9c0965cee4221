"""Who is told: those who asked for it and are on shift, and never nobody."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from kanban_hub.notices.config import Person
from kanban_hub.notices.happening import Happening


class Roster(Protocol):
    """The plant's shifts."""

    def is_on_shift(self, shifts: Collection[str], at_ms: int) -> bool:
        """Whether one of `shifts` is at work at a time."""
        ...


def told(people: Iterable[Person], happening: Happening, roster: Roster) -> list[Person]:
    """Those who get an immediate notice of `happening`.

    Of each group those on shift; where nobody of a group is on shift, all of the group. People without a
    group count as one group.
    """
    audience = asked(people, happening)
    on_shift = [person for person in audience if _is_on_shift(person, happening.at_ms, roster)]
    manned = {group for person in on_shift for group in _groups(person)}
    unmanned = {group for person in audience for group in _groups(person)} - manned
    return [p for p in audience if p in on_shift or not unmanned.isdisjoint(_groups(p))]


def asked(people: Iterable[Person], happening: Happening) -> list[Person]:
    """Those who asked for it, at these stations, and are of a group that it is meant for."""
    return [
        person
        for person in people
        if happening.event in person.events
        and (person.stations is None or not happening.stations.isdisjoint(person.stations))
        and (not happening.groups or not set(happening.groups).isdisjoint(person.groups))
    ]


def _is_on_shift(person: Person, at_ms: int, roster: Roster) -> bool:
    return person.shifts is None or roster.is_on_shift(person.shifts, at_ms)


def _groups(person: Person) -> Sequence[str]:
    return person.groups or [""]
