"""Entering what was written on paper: many lines at once, looked at before, each taken once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import Response, request

from kanban_hub.domain.entering import LINES_MOST
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.records.sheet import Entry, Sheet
from kanban_hub.errors import StoreError
from kanban_hub.language import N_, _
from kanban_hub.orders import EnterLine
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant
from kanban_hub.web.paper.outage import sheet_number
from kanban_hub.web.paper.rehearsal import Desk, Look, Meaning, rehearsed
from kanban_hub.web.paper.written import Written, lines_in, lines_of, sheet_of, too_many
from kanban_hub.web.parts import WebParts
from kanban_hub.web.supplier.entry import zone_of
from kanban_protocol.refusals import TEXTS, Refusal

ENTRIES: dict[Entry, str] = {
    Entry.PULL: N_("emptied"),
    Entry.RECEIVE: N_("arrived"),
    Entry.SHIP: N_("sent"),
    Entry.FAIL: N_("bad container"),
}
PATH = "/print/paper-mode/entry"


def page(parts: WebParts) -> Response:
    return _shown(parts, _desk(parts, sheet_number()), [])


def look(parts: WebParts) -> Response:
    """What the lines mean, whether they came as a text or from the table. Nothing is entered."""
    sheet = sheet_of(request.form.get("sheet", ""))
    desk = _desk(parts, sheet or "")
    text = request.form.get("lines", "")
    faults = [] if sheet else [_("The number of the sheet has letters and digits only, 24 at most.")]
    if too_many(text):
        faults.append(_("A sheet has %(most)s lines at most: enter the others under another number.") % _MOST)
    lines = [*lines_of(request.form), *_lines(text, desk)]
    if faults or not lines:
        faults = faults or [_("There is no line yet.")]
        return _shown(parts, desk, [], faults, 400)
    return _shown(parts, desk, _meanings(parts, lines, desk))


def enter(parts: WebParts) -> Response:
    """Enter the lines in their order. Sent again, nothing is entered twice."""
    sheet = sheet_of(request.form.get("sheet", ""))
    desk = _desk(parts, sheet or "")
    lines = lines_of(request.form)
    if sheet is None or not lines:
        return look(parts)
    done: list[Meaning] = []
    for written in lines:
        (meaning,) = _meanings(parts, [written], desk)
        try:
            done.append(_entered(parts, meaning))
        except StoreError as error:
            left = _meanings(parts, lines[len(done) :], desk)
            text = _("The hub could not store more. Send it again: nothing is entered twice.")
            return _shown(parts, desk, [*done, *left], [text, str(error)], 503, is_entered=True)
    return _shown(parts, desk, done, is_entered=True)


PAGES = (
    Page(f"GET {PATH}", page, (EnterLine,)),
    Page(f"POST {PATH}", look, (EnterLine,)),
    Page(f"POST {PATH}/done", enter, (EnterLine,)),
)
_MOST = {"most": LINES_MOST}


def _entered(parts: WebParts, meaning: Meaning) -> Meaning:
    if meaning.order is None:
        return meaning
    try:
        parts.ask(meaning.order)
    except DomainError as error:  # somebody was faster since it was looked at
        return replace(
            meaning, look=Look.REFUSED, text=_(TEXTS[Refusal(error.reason)]), detail=str(error), order=None
        )
    with parts.floor() as (floor, _revision):
        sheet = floor.record(Sheet, meaning.order.what.sheet)
        known = sheet.entered(meaning.written.line) if sheet is not None else None
    return meaning if known is None else replace(meaning, look=Look(known.verdict))


def _meanings(parts: WebParts, lines: Sequence[Written], desk: Desk) -> list[Meaning]:
    with parts.floor() as (floor, _revision):
        twin = floor.twin()
    return rehearsed(twin, lines, desk)


def _desk(parts: WebParts, sheet: str) -> Desk:
    with parts.floor() as (floor, _revision):
        return Desk(sheet, parts.clock.now_ms(), zone_of(floor.plant))


def _lines(text: str, desk: Desk) -> list[Written]:
    now = instant(desk.now_ms).astimezone(desk.zone)
    entry = request.form.get("entry_all", "")
    kind = Entry(entry) if entry in list(Entry) else Entry.PULL
    return lines_in(text, kind, _day(request.form.get("day", ""), now), now)


def _day(text: str, now: datetime) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now.date()


def _shown(  # noqa: PLR0913  # what was typed, what it means, and what is wrong
    parts: WebParts,
    desk: Desk,
    meanings: list[Meaning],
    faults: Sequence[str] = (),
    status: int = 200,
    *,
    is_entered: bool = False,
) -> Response:
    now = instant(desk.now_ms).astimezone(desk.zone)
    content: dict[str, Any] = {
        "sheet": desk.sheet or request.form.get("sheet", "")[:24],
        "day": request.form.get("day", "") or now.date().isoformat(),
        "entry_all": request.form.get("entry_all", Entry.PULL),
        "text": request.form.get("lines", "") if faults and not meanings else "",
        "entries": [(entry.value, _(word)) for entry, word in ENTRIES.items()],
        "words": {entry: _(word) for entry, word in ENTRIES.items()},
        "meanings": meanings,
        "open": [one for one in meanings if not is_entered or one.look is Look.REFUSED],
        "is_entered": is_entered,
        "counting": sum(one.look is Look.ACCEPTED for one in meanings),
        "faults": faults,
        "kept": _kept(parts),
        "most": LINES_MOST,
        "zone": str(desk.zone),
    }
    return shown(parts, "paper/entry.html", content, status)


def _kept(parts: WebParts) -> list[tuple[str, int]]:
    """The stations that still have signals of their own: these should come first."""
    with parts.floor() as (floor, _revision):
        stations = list(floor.plant.stations.values())
    kept = [(one.name, parts.presence.of(one.id).kept[0]) for one in stations]
    return [(name, many) for name, many in kept if many]
