"""The page that answers how many cards: formulas with what-if, the replay, and the trial."""

from typing import Any

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.evidence.chronicle import DAY_MS
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.proposal import is_by_cards
from kanban_hub.domain.sizing.trial import CARDS_MOST, TRIAL_MOST_MS
from kanban_hub.language import N_, _
from kanban_hub.orders import EndTrial, KeepTrial, Order, StartTrial
from kanban_hub.web.api.past import Past, past
from kanban_hub.web.filled import Filled
from kanban_hub.web.frame import HTML, Page, is_part, shown, surroundings, told
from kanban_hub.web.loop import whatif
from kanban_hub.web.loop.picture import trial_of
from kanban_hub.web.loop.trying import tried
from kanban_hub.web.parts import WebParts

SAID = {
    "started": N_(
        "The trial runs. It goes back by itself unless somebody keeps it; it can be ended here at once."
    ),
    "kept": N_("The number is kept. Another trial leads back."),
    "ended": N_("The trial is ended: the loop goes back to its number."),
}
TRIAL_DAYS_MOST = TRIAL_MOST_MS / DAY_MS


def sizing(parts: WebParts, loop: str) -> Response:
    return _shown(parts, loop, Filled({}))


def start(parts: WebParts, loop: str) -> AnyResponse:
    filled = Filled(request.form)
    cards = filled.whole("try_cards", 1, CARDS_MOST)
    days = filled.number("try_days", 0.01, TRIAL_DAYS_MOST)
    reason = filled.short_text("try_reason")
    if days is None:
        filled.faults.setdefault("try_days", _("Say for how many days."))
    until_ms = parts.clock.now_ms() + round((days or 0) * DAY_MS)
    return _ordered(parts, loop, filled, (StartTrial(loop, cards, until_ms, reason), "started"))


def keep(parts: WebParts, loop: str) -> AnyResponse:
    return _ordered(parts, loop, Filled({}), (KeepTrial(loop), "kept"))


def end(parts: WebParts, loop: str) -> AnyResponse:
    return _ordered(parts, loop, Filled({}), (EndTrial(loop), "ended"))


MAY = (StartTrial, KeepTrial, EndTrial)
PAGES = (
    Page("GET /loops/{loop}/sizing", sizing, is_reading=True),
    Page("POST /loops/{loop}/trial", start, MAY),
    Page("POST /loops/{loop}/trial/keep", keep, MAY),
    Page("POST /loops/{loop}/trial/end", end, MAY),
)


def _ordered(parts: WebParts, loop: str, filled: Filled, wanted: tuple[Order, str]) -> AnyResponse:
    if not filled.is_good:
        return _shown(parts, loop, filled)
    try:
        parts.ask(wanted[0])
    except DomainError as error:
        return _shown(parts, loop, filled, error)
    return redirect(f"/loops/{loop}/sizing?said={wanted[1]}#trial", 303)


def _shown(parts: WebParts, loop: str, form: Filled, error: Exception | None = None) -> Response:
    filled = Filled(request.args)
    content = _content(parts, loop, filled)
    if is_part(request):
        return Response(render_template("loop/answer.html", **surroundings(parts), **content), mimetype=HTML)
    content |= {
        "form": form,
        "sorry": told(error) if error else None,
        "said": _(SAID[request.args["said"]]) if request.args.get("said") in SAID else "",
        "may": parts.caller.may(*MAY),
    }
    status = 409 if error else 200 if form.is_good else 400
    return shown(parts, "loop/sizing.html", content, status)


def _content(parts: WebParts, loop: str, filled: Filled) -> dict[str, Any]:
    days = filled.whole("days", 1, whatif.DAYS_MOST) if filled.typed("days") else whatif.DAYS
    seen = past(parts, loop, days)
    with parts.floor() as (floor, _revision):
        name, trial = floor.plant.item_name(seen.loop), trial_of(floor, loop)
    formula = filled.typed("formula") if filled.typed("formula") in whatif.OF_CARDS else whatif.FORMULA
    band = filled.number("band", 0.0, whatif.BAND_MOST)
    wanted = whatif.given(filled)
    known, inputs = whatif.known_of(seen, wanted)
    content: dict[str, Any] = {
        "loop_id": loop,
        "name": name,
        "trial": trial,
        "filled": filled,
        "days": days,
        "band": whatif.BAND if band is None else band,
        "chosen": formula,
        "formulas": {one: _(title) for one, title in whatif.OF_CARDS.items()},
        "fields": whatif.fields(known, filled),
        "rows": whatif.rows(inputs, formula),
        "by_cards": is_by_cards(seen.loop),
        "now": seen.loop.cards,
    }
    return content | (_by_cards(seen, filled, inputs, content) if content["by_cards"] else {})


def _by_cards(seen: Past, filled: Filled, inputs: Any, content: dict[str, Any]) -> dict[str, Any]:
    text, cards = whatif.suggestion(seen, content["days"])
    try:
        _found, proposed = whatif.proposal(seen, inputs, content["chosen"], content["band"])
    except SizingError:
        proposed = ""  # the row of the formula says what it lacks
    wanted = filled.whole("cards", 1, CARDS_MOST) if filled.typed("cards") else cards
    try:
        run = tried(seen, wanted, int(inputs.container_quantity))
    except SizingError:  # the one that a number from 1 on can meet
        few = _("A batch of %(batch)s is never complete with %(cards)s cards.")
        filled.faults["cards"] = few % {"batch": seen.loop.batch, "cards": wanted}
        run = tried(seen, seen.loop.cards, seen.loop.container_quantity)
    return {"suggestion": text, "proposed": proposed, "run": run, "tried_cards": wanted}
