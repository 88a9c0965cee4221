"""What a person wants to know once a day: a function over the floor as it is now. One row a section."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.domain.records.promise import Promise
from kanban_hub.domain.replenishment import replenishment_queue, starves_before_promise
from kanban_hub.domain.stock import full_containers
from kanban_hub.language import N_, _
from kanban_hub.notices.happening import station_name, supplier_name
from kanban_hub.notices.texts import kind
from kanban_hub.web import words

ROWS_MOST = 50


@dataclass(frozen=True)
class Outlook:
    """What the digest looks at. `stations` narrows it to those; `None` is the whole plant.

    `silent` are the stations of the plant that are not heard.
    """

    floor: Floor
    silent: frozenset[str]
    now_ms: int
    stations: frozenset[str] | None = None

    def of(self, stations: Iterable[str] | None) -> "Outlook":
        """The same for `stations` alone."""
        return self if stations is None else replace(self, stations=frozenset(stations))

    def shows(self, *stations: str) -> bool:
        return self.stations is None or not self.stations.isdisjoint(stations)

    def loops(self) -> list[KanbanLoop]:
        loops = self.floor.plant.loops.values()
        return [loop for loop in loops if self.shows(loop.supplier, loop.consumer)]


@dataclass(frozen=True)
class Section:
    """`rows` is empty where there is nothing to tell."""

    title: str
    rows: list[str]


def digest(outlook: Outlook) -> list[Section]:
    """All sections, also those without rows. The queues are for those who see their own stations only."""
    shown = SECTIONS if outlook.stations is None else SECTIONS + OF_STATIONS
    return [Section(_(title), rows(outlook)) for title, rows in shown]


def summary(sections: list[Section]) -> str:
    """The digest in one line."""
    told = [f"{section.title}: {len(section.rows)}" for section in sections if section.rows]
    return ", ".join(told) or _("nothing stands out")


def report(sections: list[Section]) -> str:
    """The digest as text."""
    return "\n\n".join("\n".join([f"{section.title}:", *_listed(section.rows)]) for section in sections)


def _listed(rows: list[str]) -> list[str]:
    more = [_("- and %(count)s more") % {"count": len(rows) - ROWS_MOST}] if len(rows) > ROWS_MOST else []
    return [f"- {row}" for row in rows[:ROWS_MOST]] + more or [_("- none")]


def _stock_outs(outlook: Outlook) -> list[str]:
    floor = outlook.floor
    return [
        _("%(item)s: %(station)s has no full container")
        % {"item": floor.plant.item_name(loop), "station": station_name(floor, loop.consumer)}
        for loop in outlook.loops()
        if full_containers(floor, loop) == 0
    ]


def _open_calls(outlook: Outlook) -> list[str]:
    rows = []
    for call in outlook.floor.open_calls():
        loop = outlook.floor.plant.loops.get(call.loop or "")
        sides = (loop.supplier, loop.consumer) if loop is not None else ()
        if outlook.shows(call.station, *sides):
            minutes = max(0, outlook.now_ms - call.raised_ms) // 60_000
            told = {"station": station_name(outlook.floor, call.station), "kind": kind(call.kind)}
            told["state"] = words.call(call)
            rows.append(_("%(station)s: %(kind)s, %(state)s, for %(count)s min") % {**told, "count": minutes})
    return rows


def _silent(outlook: Outlook) -> list[str]:
    stations = outlook.floor.plant.stations
    return [stations[s].name for s in stations if s in outlook.silent and outlook.shows(s)]


def _late_promises(outlook: Outlook) -> list[str]:
    floor, rows = outlook.floor, []
    for loop in outlook.loops():
        promise = floor.record(Promise, loop.id)
        if promise is None or not promise.is_open:
            continue
        minutes = (promise.ready_ms - outlook.now_ms) // 60_000
        if minutes < 0 or starves_before_promise(floor, loop, outlook.now_ms):
            word = _("promised in %(count)s min") if minutes >= 0 else _("overdue by %(count)s min")
            where = f"{floor.plant.item_name(loop)}, {station_name(floor, loop.supplier)}"
            rows.append(f"{where}: {word % {'count': abs(minutes)}}")
    return rows


def _to_serve(outlook: Outlook) -> list[str]:
    return [
        _("%(name)s: card %(card)s, %(pieces)s pieces, %(count)s min to starvation")
        % {
            "name": supplier_name(outlook.floor, outlook.floor.loop(entry.card.loop)),
            "card": entry.card.id,
            "pieces": entry.quantity,
            "count": round(entry.minutes_to_starvation),
        }
        for station in sorted(outlook.stations or ())
        for entry in replenishment_queue(outlook.floor, station, outlook.now_ms)
    ]


SECTIONS: tuple[tuple[str, Callable[[Outlook], list[str]]], ...] = (
    (N_("Stock-outs"), _stock_outs),
    (N_("Open calls"), _open_calls),
    (N_("Silent stations"), _silent),
    (N_("Late promises"), _late_promises),
)
# For those who see their own stations only, such as an external supplier.
OF_STATIONS: tuple[tuple[str, Callable[[Outlook], list[str]]], ...] = ((N_("To serve"), _to_serve),)
