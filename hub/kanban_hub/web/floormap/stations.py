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
from kanban_hub.web.floormap.text import lines, width
from kanban_hub.web.floormap.type import Type
from kanban_hub.web.signs import LampSign, StationSign
from kanban_hub.web.urgency import URGENCIES, urgency

PADDING, CALL_ROOM = 12.0, 200.0
# Bold letters are wider than the guess for plain ones.
BOLD = 1.06

STACKED = 3
"""Red, amber and green: a box has room for them, and blue and white are for whoever stands at the station."""


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
    line: str
    is_urgent: bool
    path: str


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


@dataclass(frozen=True)
class StationPainter:
    """Paints the boxes of a floor with letters of this type; `queues` are those of the suppliers."""

    floor: Floor
    drawn: Drawing
    queues: Mapping[str, Sequence[QueueEntry]]
    type: Type

    def paint(self, signs: Sequence[StationSign]) -> tuple[StationPicture, ...]:
        return tuple(_station(self, sign) for sign in signs)


def _station(painter: StationPainter, sign: StationSign) -> StationPicture:
    floor, drawn, letters = painter.floor, painter.drawn, painter.type
    queue = painter.queues.get(sign.id)
    box, entries = drawn.boxes[sign.id], queue or ()
    asked = ngettext("%(count)s to serve", "%(count)s to serve", len(entries)) % {"count": len(entries)}
    return StationPicture(
        id=sign.id,
        x=box.left,
        y=box.top,
        lines=lines(sign.name, letters.name * BOLD, WIDTH - 2 * PADDING, 2),
        sign=sign,
        stack=tuple(_stacked(row, lamp, letters) for row, lamp in enumerate(sign.stack[:STACKED])),
        slots=tuple(_slot(at, lamp) for at, lamp in enumerate(sign.slots)),
        calls=_calls(floor.open_calls(sign.id), letters),
        asked=None if queue is None else len(queue),
        asked_text=asked,
        asked_wide=width(asked, letters.chip) + letters.chip_room,
        urgency=min(map(urgency, entries), key=URGENCIES.index, default="calm"),
        is_placed=drawn.places[sign.id].is_own,
    )


def _stacked(row: int, lamp: LampSign, letters: Type) -> LampPicture:
    return LampPicture(20, letters.lamp_first + letters.lamp_step * row, lamp.place, lamp)


def _slot(at: int, lamp: LampSign) -> LampPicture:
    """Two columns of four, beside the stack light."""
    return LampPicture(94 + 66 * (at % 2), 64 + 19 * (at // 2), "white", lamp)


def _calls(calls: Sequence[AndonCall], letters: Type) -> CallsPicture | None:
    if not calls:
        return None
    is_urgent = any(call.taken_ms is None or call.level or call.stopped_ms is not None for call in calls)
    if len(calls) > 1:
        text = ngettext("%(count)s open call", "%(count)s open calls", len(calls)) % {"count": len(calls)}
        return _told(text, is_urgent, "/quality", letters)
    kind, state = words.kind(calls[0].kind), words.call(calls[0])
    text = _("%(kind)s: %(state)s") % {"kind": kind, "state": state}
    return _told(text, is_urgent, f"/quality/{calls[0].id}", letters)


def _told(text: str, is_urgent: bool, path: str, letters: Type) -> CallsPicture:
    return CallsPicture(text, lines(text, letters.call * BOLD, CALL_ROOM, 1)[0], is_urgent, path)
