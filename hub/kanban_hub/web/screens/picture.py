"""A screen as the admin sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.ports import ScreenLink
from kanban_hub.web import words
from kanban_hub.web.assets import version
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.screens.telling import target_of

# A screen asks at least every 8 s; three times nothing is no accident.
SILENT_AFTER_S = 30.0


@dataclass(frozen=True)
class ScreenPicture:
    """`path`, `address` and `heard` are empty for one that was not heard since the hub's start."""

    id: str
    name: str
    place: str
    is_good: bool
    expires: datetime
    is_there: bool
    heard: str
    path: str
    address: str
    is_current: bool
    target: str
    language: str
    theme: str


@dataclass(frozen=True)
class Target:
    """A board that a screen can be sent to."""

    path: str
    name: str


def paint_screen(parts: WebParts, screen: ScreenLink) -> ScreenPicture:
    seen = parts.screens.seen(screen.id)
    age_s = parts.presence.now_s() - seen.at_s if seen else None
    return ScreenPicture(
        screen.id,
        screen.name,
        screen.place,
        screen.is_good(parts.clock.now_ms()),
        instant(screen.expires_ms),
        age_s is not None and age_s <= SILENT_AFTER_S,
        words.age(age_s) if age_s is not None else "",
        seen.path if seen else "",
        seen.address if seen else "",
        seen is None or seen.assets == version(),
        target_of(screen),
        screen.language or "",
        screen.theme or "",
    )


def targets(plant: Plant | None) -> Iterator[Target]:
    """Every board there is, as a wall and as a page."""
    yield Target("/?wall=1", _("Everything, as a wall"))
    lines = plant.lines.values() if plant else ()
    for line in lines:
        yield Target(f"/board/{line.id}?wall=1", _("%(line)s, as a wall") % {"line": line.name})
    yield Target("/", _("Everything, as at a desk"))
    for line in lines:
        yield Target(f"/board/{line.id}", _("%(line)s, as at a desk") % {"line": line.name})
    yield Target("/map", _("The floor map"))
