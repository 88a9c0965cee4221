"""The page of one loop, and what is ordered there."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.counting import QUANTITY_MOST
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.onetime import CARDS_MOST, Occasional
from kanban_hub.language import N_, _
from kanban_hub.orders import AddCards, BeginAudit, MoveCard, MoveLoop, StartTrial
from kanban_hub.web.filled import Filled
from kanban_hub.web.frame import Page, told
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.live import live
from kanban_hub.web.loop.overview import Overview, Past
from kanban_hub.web.loop.past import DAYS
from kanban_hub.web.loop.picture import picture
from kanban_hub.web.loop.story import Story, flow_chart, leads_chart, story
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.words import measured

SAID = {
    "held": N_("The loop is held: none of its cards can be used until it is resumed."),
    "resumed": N_("The loop takes part again."),
    "added": N_("The cards are asked for. They can be taken back until the supplier begins."),
    "taken-back": N_("What nobody had begun with is taken back."),
}
STOCK_OUTS_SHOWN = 6
CYCLES_MOST, DAYS_MOST = 1_000, 365


def loop(parts: WebParts, loop: str) -> Response:
    return _shown(parts, loop)


def hold(parts: WebParts, loop: str) -> AnyResponse:
    filled = Filled(request.form)
    reason = filled.short_text("reason")
    return _ordered(parts, loop, filled, [MoveLoop(loop, "hold", reason)], "held")


def resume(parts: WebParts, loop: str) -> AnyResponse:
    return _ordered(parts, loop, Filled({}), [MoveLoop(loop, "resume")], "resumed")


def add(parts: WebParts, loop: str) -> AnyResponse:
    filled = Filled(request.form)
    is_pieces = filled.typed("of") == "pieces"
    amount = filled.whole("amount", 1, QUANTITY_MOST if is_pieces else CARDS_MOST)
    cycles = filled.whole("cycles", 1, CYCLES_MOST)
    days = filled.number("days", 1, DAYS_MOST)
    wanted = Occasional(
        filled.short_text("occasion"),
        None if is_pieces else amount,
        amount if is_pieces else None,
        cycles,
        None if days is None else parts.clock.now_ms() + round(days * DAY_MS),
    )
    return _ordered(parts, loop, filled, [AddCards(loop, wanted)], "added")


def take_back(parts: WebParts, loop: str) -> AnyResponse:
    """What was begun in the meantime stays: then nothing is said of it but where it is."""
    cards = request.form.getlist("card")
    return _ordered(
        parts, loop, Filled({}), [MoveCard(card, "retire", "taken back") for card in cards], "taken-back"
    )


MAY = (MoveLoop,)
PAGES = (
    Page("GET /loops/{loop}", loop, is_reading=True),
    Page("POST /loops/{loop}/hold", hold, MAY),
    Page("POST /loops/{loop}/resume", resume, MAY),
    Page("POST /loops/{loop}/cards", add, (AddCards,)),
    Page("POST /loops/{loop}/cards/take-back", take_back, (MoveCard,)),
)


def _ordered(parts: WebParts, loop: str, filled: Filled, orders: list[Any], said: str) -> AnyResponse:
    """Ask for `orders` and go back to the page; where that cannot be, the page with all that was typed."""
    if not filled.is_good:
        return _shown(parts, loop, filled)
    try:
        for order in orders:
            parts.ask(order)
    except DomainError as error:
        return _shown(parts, loop, filled, error)
    return redirect(f"/loops/{loop}?said={said}", 303)


def _shown(
    parts: WebParts, loop: str, filled: Filled | None = None, error: Exception | None = None
) -> Response:
    content = _content(parts, loop)
    content["filled"] = filled or Filled({})
    content["sorry"] = told(error) if error else None
    response = live(parts, "loop/loop.html", content)
    if error is not None or not content["filled"].is_good:
        response.status_code = 409 if error else 400
    return response


def _content(parts: WebParts, loop: str) -> dict[str, Any]:
    with parts.floor() as (floor, _revision):
        if loop not in floor.plant.loops:
            raise not_found(_("there is no loop %(loop)s") % {"loop": loop[:80]})
    past = story(parts, loop)
    with parts.floor() as (floor, _revision):
        known = floor.plant.loops[loop]
        leads = {loop: past.leads} if past.leads else {}
        row = Overview(floor, parts.clock.now_ms(), Past(leads, {})).row(known)
        shown = picture(floor, known)
    return {
        "row": row,
        "one": shown,
        "said": _(SAID[request.args["said"]]) if request.args.get("said") in SAID else "",
        "charts": [chart for chart in (flow_chart(past), leads_chart(past)) if chart],
        "days": DAYS,
        **_past(past),
        "may": _may(parts),
    }


def _past(past: Story) -> Mapping[str, Any]:
    return {
        "stock_outs": [
            {
                "began": instant(one.began_at_ms),
                "ended": instant_or_none(one.ended_at_ms),
                "lasted": measured(one.hours * 3600),
                "events": ",".join(map(str, one.events)),
            }
            for one in reversed(past.stock_outs[-STOCK_OUTS_SHOWN:])
        ],
        "stock_out_count": len(past.stock_outs),
        "stock_out_time": measured(sum(one.hours for one in past.stock_outs) * 3600),
        "on_time": past.on_time,
        "ghosts": [
            {
                "card": one.card,
                "dwell": measured(one.dwell_s),
                "limit": measured(one.limit_s),
                "station": one.seen_station,
            }
            for one in past.ghosts
        ],
    }


def _may(parts: WebParts) -> dict[str, bool]:
    caller = parts.caller
    return {
        "hold": caller.may(MoveLoop),
        "add": caller.may(AddCards),
        "retire": caller.may(MoveCard),
        "audit": caller.may(BeginAudit),
        "trial": caller.may(StartTrial),
    }
