"""What a plant lacks to be of full use: said on its home page, each with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.plant import LoopKind, Plant
from kanban_hub.domain.reasons import ReasonKind
from kanban_hub.language import _, ngettext
from kanban_hub.looptable import LoopTable
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.setting import settings_of

_RATE = next(one.default for one in settings_of(LoopTable) if one.name == "rate_per_hour")
_NAMED_MOST = 5


@dataclass(frozen=True)
class Gap:
    """`names` are the rows that it is about, at most a few."""

    text: str
    path: str
    names: tuple[str, ...] = ()


def gaps(plant: Plant, notices: NoticesConfig | None) -> list[Gap]:
    return [
        *_without_loops(plant),
        *_without_figures(plant),
        *_without_lists(plant),
        *_untold(plant, notices),
    ]


def _without_loops(plant: Plant) -> Iterator[Gap]:
    if not plant.loops:
        yield Gap(_("There is no loop yet: nothing can be pulled."), "/plant/loops")
        return
    used = {station for loop in plant.loops.values() for station in (loop.supplier, loop.consumer)}
    idle = [station.id for station in plant.stations.values() if station.id not in used]
    if idle:
        text = ngettext("%(count)s station is in no loop.", "%(count)s stations are in no loop.", len(idle))
        yield _gap(text, "/plant/stations", idle)
    items = {loop.item for loop in plant.loops.values()}
    unused = [item for item in plant.items if item not in items]
    if unused:
        text = ngettext("%(count)s item is in no loop.", "%(count)s items are in no loop.", len(unused))
        yield _gap(text, "/plant/items", unused)


def _without_figures(plant: Plant) -> Iterator[Gap]:
    regular = [loop for loop in plant.loops.values() if loop.kind is not LoopKind.EVENT]
    slack = [loop.id for loop in regular if loop.rate_per_hour == _RATE]
    if slack:
        text = ngettext(
            "%(count)s loop has no planned consumption: until it is measured its queue is a guess.",
            "%(count)s loops have no planned consumption: until it is measured their queues are a guess.",
            len(slack),
        )
        yield _gap(text, "/plant/loops", slack)
    outside = {station.id for station in plant.stations.values() if station.external}
    bare = [one.id for one in plant.loops.values() if one.supplier in outside and not one.supplier_item]
    if bare:
        text = ngettext(
            "%(count)s loop of a supplier outside has not its item number.",
            "%(count)s loops of suppliers outside have not their item numbers.",
            len(bare),
        )
        yield _gap(text, "/plant/numbers", bare)


def _without_lists(plant: Plant) -> Iterator[Gap]:
    if not plant.calendar.shifts:
        text = _("There are no shifts: all clocks go on at night and on Sundays.")
        yield Gap(text, "/plant/calendar")
    if not plant.lines:
        yield Gap(_("There are no lines: all loops are on one board."), "/plant/lines")
    if not plant.reasons_for(ReasonKind.DEFECT):
        yield Gap(_("There are no defects to choose from: people type them."), "/plant/reasons")


def _untold(plant: Plant, notices: NoticesConfig | None) -> Iterator[Gap]:
    if notices is None:
        yield Gap(_("Nobody is told by mail: the hub was started without a notices file."), "/notices")
        return
    groups = {group for person in notices.people for group in person.groups}
    missing = sorted({group for rule in plant.escalation for group in rule.tell} - groups)
    if missing:
        text = ngettext(
            "%(count)s group of the escalation has nobody in the notices file.",
            "%(count)s groups of the escalation have nobody in the notices file.",
            len(missing),
        )
        yield _gap(text, "/notices", missing)


def _gap(text: str, path: str, names: list[str]) -> Gap:
    shown = tuple(names[:_NAMED_MOST]) + (("…",) if len(names) > _NAMED_MOST else ())
    return Gap(text % {"count": len(names)}, path, shown)
