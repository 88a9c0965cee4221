"""The open andon calls on the board, with both their clocks."""

from dataclasses import dataclass

from kanban_hub.domain.andon import AndonCall, CallKind
from kanban_hub.domain.floor import Floor
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.board.loops import station_name


@dataclass(frozen=True)
class Clock:
    """`is_over`: it has run for longer than the plant allows before the call rises."""

    text: str
    is_over: bool


@dataclass(frozen=True)
class CallPicture:
    """`is_urgent` is one that nobody has taken, that has risen, or that stops the line."""

    id: str
    kind: str
    is_quality: bool
    word: str
    station: str
    about: str
    clocks: tuple[Clock, ...]
    is_urgent: bool


def paint_calls(floor: Floor, calls: list[AndonCall], now_ms: int) -> tuple[CallPicture, ...]:
    """What stops the line, what nobody has taken, what has risen; the oldest first."""
    return tuple(_call(floor, call, now_ms) for call in sorted(calls, key=_place))


def _call(floor: Floor, call: AndonCall, now_ms: int) -> CallPicture:
    return CallPicture(
        call.id,
        words.kind(call.kind),
        call.kind is CallKind.QUALITY,
        words.call(call),
        station_name(floor, call.station),
        _about(floor, call),
        _clocks(floor, call, now_ms),
        call.taken_ms is None or call.level > 0 or call.stopped_ms is not None,
    )


def _about(floor: Floor, call: AndonCall) -> str:
    loop = floor.plant.loops.get(call.loop or "")
    item = floor.plant.item_name(loop) if loop else None
    topic = floor.plant.reason_name(call.topic) if call.topic else None
    by = None
    if call.raised_by and call.raised_by != call.station:
        by = _("from %(station)s") % {"station": station_name(floor, call.raised_by)}
    return ", ".join(part for part in (item, call.card, topic, by) if part)


def _clocks(floor: Floor, call: AndonCall, now_ms: int) -> tuple[Clock, ...]:
    """The first runs until somebody takes it, the second until it is solved."""
    work, first_level = floor.plant.worktime(call.station), floor.plant.tree(call.kind)[0]
    untaken_s, unsolved_s = call.untaken_s(work, now_ms), call.unsolved_s(work, now_ms)
    age = {"age": words.age(untaken_s), "target": words.age(first_level.take_within_s)}
    is_over = untaken_s >= first_level.take_within_s
    if unsolved_s is None:
        return (Clock(_("waits %(age)s of %(target)s") % age, is_over),)
    taken = Clock(_("taken after %(age)s") % age, is_over)
    helped = {"age": words.age(unsolved_s), "target": words.age(first_level.solve_within_s)}
    is_long = unsolved_s >= first_level.solve_within_s
    return taken, Clock(_("not solved for %(age)s of %(target)s") % helped, is_long)


def _place(call: AndonCall) -> tuple[bool, bool, int, int, str]:
    return (call.stopped_ms is None, call.taken_ms is not None, -call.level, call.raised_ms, call.id)
