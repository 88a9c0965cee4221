"""The boxes of the stations, as plain values: what each shows now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.language import _, ngettext
from kanban_hub.web import words
from kanban_hub.web.floormap.boxes import WIDTH
from kanban_hub.web.floormap.drawing import Drawing
from kanban_hub.web.floormap.material import CHIP_ROOM, CHIP_SIZE
from kanban_hub.web.floormap.text import lines, width
from kanban_hub.web.signs import LampSign, StationSign
from kanban_hub.web.urgency import URGENCIES, urgency

NAME_SIZE, PADDING = 16.0, 12.0
CALL_SIZE, CALL_ROOM = 14.0, 200.0


@dataclass(frozen=True)
class LampPicture:
    """A lamp in a box, at its place there. `colour` is that of the bulb; slots are white."""

    x: float
    y: float
    colour: str
    sign: LampSign


@dataclass(frozen=True)
class CallsPicture:
    """The open calls of a station: `line` is what fits above its box.

    `is_urgent`: nobody has taken one, or it stops the line.
    """

    text: str
    is_urgent: bool
    path: str

    @property
    def line(self) -> str:
        return lines(self.text, CALL_SIZE * 1.1, CALL_ROOM, 1)[0]


@dataclass(frozen=True)
class StationPicture:
    """`lines` are those of the name. `asked` are the cards that it has to serve; `None` where it serves none.

    `is_placed`: somebody has placed it on the map.
    """

    id: str
    x: float
    y: float
    lines: tuple[str, ...]
    sign: StationSign
    stack: tuple[LampPicture, ...]
    slots: tuple[LampPicture, ...]
    calls: CallsPicture | None
    asked: int | None
    asked_text: str
    asked_wide: float
    urgency: str
    is_placed: bool


def paint_stations(
    floor: Floor, drawn: Drawing, signs: Sequence[StationSign], queues: Mapping[str, Sequence[QueueEntry]]
) -> tuple[StationPicture, ...]:
    return tuple(_station(floor, drawn, sign, queues.get(sign.id)) for sign in signs)


def _station(
    floor: Floor, drawn: Drawing, sign: StationSign, queue: Sequence[QueueEntry] | None
) -> StationPicture:
    box, entries = drawn.boxes[sign.id], queue or ()
    asked = ngettext("%(count)s to serve", "%(count)s to serve", len(entries)) % {"count": len(entries)}
    return StationPicture(
        id=sign.id,
        x=box.left,
        y=box.top,
        lines=lines(sign.name, NAME_SIZE * 1.06, WIDTH - 2 * PADDING, 2),
        sign=sign,
        stack=tuple(LampPicture(20, 62 + 22 * row, lamp.place, lamp) for row, lamp in enumerate(sign.stack)),
        slots=tuple(_slot(at, lamp) for at, lamp in enumerate(sign.slots)),
        calls=_calls(floor.open_calls(sign.id)),
        asked=None if queue is None else len(queue),
        asked_text=asked,
        asked_wide=width(asked, CHIP_SIZE) + CHIP_ROOM,
        urgency=min(map(urgency, entries), key=URGENCIES.index, default="calm"),
        is_placed=drawn.places[sign.id].is_own,
    )


def _slot(at: int, lamp: LampSign) -> LampPicture:
    """Two columns of four, beside the stack light."""
    return LampPicture(100 + 62 * (at % 2), 62 + 19 * (at // 2), "white", lamp)


def _calls(calls: Sequence[AndonCall]) -> CallsPicture | None:
    if not calls:
        return None
    is_urgent = any(call.taken_ms is None or call.level or call.stopped_ms is not None for call in calls)
    if len(calls) > 1:
        text = ngettext("%(count)s open call", "%(count)s open calls", len(calls)) % {"count": len(calls)}
        return CallsPicture(text, is_urgent, "/quality")
    kind, state = words.kind(calls[0].kind), words.call(calls[0])
    text = _("%(kind)s: %(state)s") % {"kind": kind, "state": state}
    return CallsPicture(text, is_urgent, f"/quality/{calls[0].id}")
