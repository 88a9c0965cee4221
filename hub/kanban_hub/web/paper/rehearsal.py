"""What lines from paper come to: tried out on a floor of their own, by the rules that enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from kanban_hub.domain.binding import bound
from kanban_hub.domain.card import Contents
from kanban_hub.domain.entering import SheetLine
from kanban_hub.domain.errors import DomainError, Reason
from kanban_hub.domain.events import CardMoved
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.outcome import Verdict
from kanban_hub.domain.records.sheet import Entry, LineEntered, Sheet
from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.label import Label
from kanban_hub.labels.reading import read
from kanban_hub.language import _
from kanban_hub.ledger import ordered, settle
from kanban_hub.orders import EnterLine
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.paper.written import Written, moment_of
from kanban_protocol.refusals import TEXTS, Refusal


class Look(StrEnum):
    """How a line stands. The values name shape and colour."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"
    KNOWN = "known"


@dataclass(frozen=True)
class Meaning:
    """What one line comes to. `order` is what enters it, `None` where it cannot be entered.

    `text` is for people; `detail` is as exact as the rule that refused, in English. `is_late`: it is written
    as earlier than what is known of the card by now.
    """

    written: Written
    look: Look
    text: str
    detail: str = ""
    card: str = ""
    name: str = ""
    is_late: str = ""
    order: EnterLine | None = None


class Desk(NamedTuple):
    """Where lines are looked at: the sheet, the clock of the hub, and the zone of the plant."""

    sheet: str
    now_ms: int
    zone: tzinfo


def rehearsed(floor: Floor, lines: Sequence[Written], desk: Desk) -> list[Meaning]:
    """What `lines` would come to, one after another. `floor` is used up: give a twin."""
    return [_tried(floor, written, desk) for written in lines]


def _tried(floor: Floor, written: Written, desk: Desk) -> Meaning:
    try:
        line = _line(floor, written, desk)
    except LabelError as error:
        return Meaning(written, Look.REFUSED, _(TEXTS[Refusal.UNREADABLE]), str(error))
    except ValueError:
        return Meaning(written, Look.REFUSED, _("This is no time: write it as hours and minutes."))
    except DomainError as error:
        return Meaning(written, Look.REFUSED, _(TEXTS[Refusal(error.reason)]), str(error))
    known = floor.cards[line.card]
    loop = floor.plant.loops.get(known.loop)
    name = floor.plant.item_name(loop) if loop is not None else ""
    before = floor.record(Sheet, desk.sheet)
    entered = before.entered(line.line) if before is not None else None
    late = _late(known.last.moment.at_ms if known.last else None, line, desk.zone)
    order = EnterLine(line)
    try:
        taken = ordered(floor, order, desk.now_ms, None)
    except DomainError as error:
        said = _(TEXTS[Refusal(error.reason)])
        return Meaning(written, Look.REFUSED, said, str(error), line.card, name)
    settle(floor, taken, Moment.at(desk.now_ms))
    if entered is not None:
        return Meaning(written, Look.KNOWN, _("Entered before: nothing follows."), "", line.card, name)
    look, text = _outcome(taken.events, line)
    return Meaning(written, look, text, "", line.card, name, late, order)


def _line(floor: Floor, written: Written, desk: Desk) -> SheetLine:
    """Raises a `LabelError`, a `DomainError`, or `ValueError` for what is no time."""
    label = read(written.code)
    card = floor.card(_card(floor, label))
    written_ms = moment_of(written.at, desk.zone)
    loop = floor.plant.loops.get(card.loop)
    quantity = label.quantity if loop is None or label.quantity != loop.container_quantity else None
    is_told = written.entry in (Entry.SHIP, Entry.FAIL) and (quantity or label.lot)
    contents = Contents(quantity, label.lot) if is_told else None
    return SheetLine(desk.sheet, written.line, written.entry, card.id, written_ms, contents)


def _card(floor: Floor, label: Label) -> str:
    """On paper stands one card; what names only an item could be any of several."""
    if label.card is not None:
        return label.card
    binding = next((one for key in label.container_keys if (one := bound(floor, key))), None)
    if binding is None or binding.card is None:
        raise DomainError(Reason.UNKNOWN_CARD, "this code names no card: type the number of the card")
    return binding.card


def _late(last_ms: int | None, line: SheetLine, zone: tzinfo) -> str:
    if last_ms is None or line.written_ms is None or line.written_ms >= last_ms:
        return ""
    at = instant(last_ms).astimezone(zone)
    return _("Earlier than the last thing known of the card (%(time)s): is it done already?") % {
        "time": _clock(at)
    }


def _outcome(events: Sequence[tuple[object, object]], line: SheetLine) -> tuple[Look, str]:
    entered = next(event for event, _occasion in events if isinstance(event, LineEntered))
    if entered.verdict == Verdict.ALREADY:
        return Look.ALREADY, _("Nothing follows: it is so already.")
    moves = [e for e, _occasion in events if isinstance(e, CardMoved) and e.card == line.card]
    if not moves:
        return Look.ACCEPTED, _("Taken.")
    states = {"before": words.state(moves[0].before), "after": words.state(moves[-1].after)}
    return Look.ACCEPTED, _("%(before)s → %(after)s") % states


def _clock(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
