"""What of a plant cannot be, though each of its tables is well formed."""

from collections import Counter
from collections.abc import Iterator

from kanban_hub import calendartable, escalationtable, floormaptable, linetable, loopfaults
from kanban_hub.language import _
from kanban_hub.looptable import LoopTable
from kanban_hub.planttables import MAX_SLOTS, PlantFile, SlotTable, StationTable
from kanban_protocol.tomlfile import Fault

_WITH_IDS = ("shifts", "stations", "items", "loops", "lines", "reasons")


def faults(plant: PlantFile) -> Iterator[Fault]:
    """Every one, in the language that is spoken."""
    yield from calendartable.faults(plant.timezone, plant.shifts, plant.closed)
    yield from escalationtable.faults(plant.escalation)
    yield from floormaptable.faults(plant.floor_map)
    for table in _WITH_IDS:
        yield from _repeated(table, [row.id for row in getattr(plant, table)])
    yield from _repeated_slots(plant)
    stations, items = {s.id for s in plant.stations}, {i.id for i in plant.items}
    yield from linetable.faults(plant.lines, stations)
    for index, loop in enumerate(plant.loops):
        yield from loopfaults.faults(f"loops[{index}]", loop, plant.loops)
        yield from _unknown(f"loops[{index}]", loop, stations, items)
    loops = {loop.id: loop for loop in plant.loops}
    for index, slot in enumerate(plant.slots):
        yield from _slot_faults(f"slots[{index}]", slot, loops)
    yield from _station_faults(plant)


def _station_faults(plant: PlantFile) -> Iterator[Fault]:
    shifts = {shift.id for shift in plant.shifts}
    for index, station in enumerate(plant.stations):
        where, stop = f"stations[{index}]", (station.stop_after_fails, station.stop_within_s)
        yield from _unknown_shifts(where, station, shifts)
        yield from escalationtable.station_faults(where, station.takt_s, *stop)
        yield from _too_many_loops(where, station.id, plant)


def _repeated(table: str, ids: list[str]) -> Iterator[Fault]:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            text = _("'%(id)s' stands twice") % {"id": one}
            yield Fault(f"{table}[{index}].id", text, _("give each its own id"))


def _repeated_slots(plant: PlantFile) -> Iterator[Fault]:
    buttons = Counter((slot.station, slot.slot) for slot in plant.slots)
    bindings = Counter((slot.station, slot.loop) for slot in plant.slots)
    for index, slot in enumerate(plant.slots):
        if buttons[slot.station, slot.slot] > 1:
            text = _("slot %(slot)s is bound twice") % {"slot": slot.slot}
            yield Fault(f"slots[{index}].slot", text, _("one button, one loop"))
        elif bindings[slot.station, slot.loop] > 1:
            text = _("'%(loop)s' is bound twice here") % {"loop": slot.loop}
            yield Fault(f"slots[{index}].loop", text, _("one loop, one button"))


def _unknown(where: str, loop: LoopTable, stations: set[str], items: set[str]) -> Iterator[Fault]:
    if loop.item not in items:
        text = _("no item '%(item)s'") % {"item": loop.item}
        yield Fault(f"{where}.item", text, _("add it under [[items]]"))
    for side in ("supplier", "consumer"):
        station = getattr(loop, side)
        if station not in stations:
            text = _("no station '%(station)s'") % {"station": station}
            yield Fault(f"{where}.{side}", text, _("add it under [[stations]]"))


def _unknown_shifts(where: str, station: StationTable, shifts: set[str]) -> Iterator[Fault]:
    for shift in station.shifts:
        if shift not in shifts:
            text = _("no shift '%(shift)s'") % {"shift": shift}
            yield Fault(f"{where}.shifts", text, _("add it under [[shifts]]"))


def _slot_faults(where: str, slot: SlotTable, loops: dict[str, LoopTable]) -> Iterator[Fault]:
    loop = loops.get(slot.loop)
    if loop is None:
        text = _("no loop '%(loop)s'") % {"loop": slot.loop}
        yield Fault(f"{where}.loop", text, _("add it under [[loops]]"))
    elif slot.station not in (loop.supplier, loop.consumer):
        names = {"station": slot.station, "loop": slot.loop}
        text = _("'%(station)s' is not on a side of '%(loop)s'") % names
        hint = _("name '%(supplier)s' or '%(consumer)s'")
        yield Fault(f"{where}.station", text, hint % {"supplier": loop.supplier, "consumer": loop.consumer})


def _too_many_loops(where: str, station: str, plant: PlantFile) -> Iterator[Fault]:
    has_rows = any(slot.station == station for slot in plant.slots)
    count = sum(station in (loop.supplier, loop.consumer) for loop in plant.loops)
    if not has_rows and count > MAX_SLOTS:
        text = _("%(count)s loops and only %(slots)s slots") % {"count": count, "slots": MAX_SLOTS}
        hint = _("bind the loops that have a button under [[slots]], at most %(slots)s")
        yield Fault(where, text, hint % {"slots": MAX_SLOTS})
