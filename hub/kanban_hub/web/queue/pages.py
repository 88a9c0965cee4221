"""The queue of a supplying station: for whoever works there, at a tablet or a desk, and for all who wait."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.reasons import ReasonKind
from kanban_hub.domain.undoing import UNDO_S
from kanban_hub.language import _
from kanban_hub.orders import Cannot, MakePromise, See, Supply, TakeBack
from kanban_hub.web.card.acting import may_order, supplies_for
from kanban_hub.web.card.order import WrongEntryError
from kanban_hub.web.frame import Page, refused_text, shown
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.queue.order import DONE, MINUTES, Asking, orders_of
from kanban_hub.web.queue.picture import picture


def queue(parts: WebParts, station: str) -> AnyResponse:
    return _page(parts, station)


def act(parts: WebParts, station: str) -> AnyResponse:
    """Do what a button of the page says. What was typed stays when it cannot be."""
    now_ms = parts.clock.now_ms()
    try:
        with parts.floor() as (floor, _revision):
            known = _station(floor, station)
            _check_side(parts, floor, station)
            asking = Asking(known.id, now_ms, ZoneInfo(floor.plant.calendar.timezone))
            orders = orders_of(floor, asking, request.form)
        for order in orders:
            parts.ask(order)
    except (WrongEntryError, DomainError) as error:
        text = refused_text(error) if isinstance(error, DomainError) else str(error)
        status = 409 if isinstance(error, DomainError) else 400
        return _page(parts, station, {"sorry": text, "given": request.form}, status)
    said = {"done": request.form.get("do", "")}
    signal = getattr(orders[0], "signal", None) if orders else None
    if signal is not None and said["done"] != "undo":
        said["signal"] = signal
    return redirect(f"/stations/{station}/queue?{urlencode(said)}", 303)


ACTS = (See, Supply, MakePromise, Cannot, Resequence, TakeBack)
PAGES = (
    Page("GET /stations/{station}/queue", queue, is_reading=True),
    Page("POST /stations/{station}/queue", act, ACTS),
)


def _check_side(parts: WebParts, floor: Floor, station: str) -> None:
    """Who may exchange pitches need not be of the station; all else is done there."""
    is_planned = request.form.get("do") == "exchange"
    if not is_planned and not supplies_for(parts.caller, floor, station):
        raise WrongEntryError(_("Nothing was done: you may not act for this station."))


def _station(floor: Floor, station: str) -> Any:
    known = floor.plant.stations.get(station)
    if known is None:
        raise not_found(_("there is no station %(station)s") % {"station": station[:40]})
    return known


def _page(
    parts: WebParts, station: str, more: Mapping[str, Any] | None = None, status: int = 200
) -> AnyResponse:
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _revision):
        known = _station(floor, station)
        acts = supplies_for(parts.caller, floor, station)
        content: dict[str, Any] = {
            "queue": picture(floor, known, now_ms),
            "acts": acts,
            "may_exchange": may_order(parts.caller, Resequence(station, "", "", "")),
            "undoes": _undoes(floor, station, now_ms) if acts else "",
            "reasons": floor.plant.reasons_for(ReasonKind.CANNOT),
            "zone": floor.plant.calendar.timezone,
            "minutes": MINUTES,
        }
    done = request.args.get("done", "")
    content |= {"done": _(DONE[done]) if done in DONE else "", "given": {}, **(more or {})}
    if more is not None:
        return shown(parts, "queue/queue.html", {"is_part": False, **content}, status)
    return live(parts, "queue/queue.html", content)


def _undoes(floor: Floor, station: str, now_ms: int) -> str:
    """The signal of this page's order while it can be taken back."""
    signal = request.args.get("signal", "")
    first = floor.recall.signals.get(signal)
    is_fresh = first is not None and now_ms - first.moment.at_ms <= UNDO_S * 1000
    return signal if is_fresh and first is not None and first.station == station else ""
