"""What becomes of open calls by themselves: they rise in the escalation, and they stop the line.

A call does not stop the line at once: the leader has the rest of the takt to help, "then the problem stops
the line, not the person" (Toyota's fixed-position stop, as theleanthinker.com and lean.org tell it).
"""

from kanban_hub.domain.andon import AndonCall, CallKind
from kanban_hub.domain.events import CallEscalated, Event, LineStopped
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Station


def risen(floor: Floor, now_ms: int) -> list[Event]:
    """Every level to which an open call rises by now, the lower ones first: each level is told."""
    return [
        CallEscalated(call.loop, call.id, rule.level)
        for call in floor.open_calls()
        for rule in floor.plant.tree(call.kind)
        if rule.level > call.level and rule.has_run_out(call, floor.plant.worktime(call.station), now_ms)
    ]


def stopped(floor: Floor, now_ms: int) -> list[Event]:
    """The line stops of open calls, each once: a takt is over without help, or too many failed in a time."""
    found: list[Event] = []
    for call in floor.open_calls():
        station = floor.plant.stations.get(call.station)
        if call.stopped_ms is None and station is not None and station.takt_s is not None:
            has_run_out = call.open_s(floor.plant.worktime(station.id), now_ms) >= station.takt_s
            if has_run_out or _has_failed_often(floor, station, call):
                found.append(LineStopped(call.loop, call.id, station.id))
    return found


def _has_failed_often(floor: Floor, station: Station, call: AndonCall) -> bool:
    """Whether this is the last of so many quality fails within the time. Those rejected do not count."""
    if station.stop_after_fails is None or call.kind is not CallKind.QUALITY:
        return False
    since_ms = call.raised_ms - (station.stop_within_s or 0) * 1000
    fails = [
        other
        for other in floor.calls.values()
        if other.kind is CallKind.QUALITY
        and other.station == station.id
        and other.is_true
        and since_ms < other.raised_ms <= call.raised_ms
    ]
    return len(fails) >= station.stop_after_fails
