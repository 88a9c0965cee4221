"""All calls, with a filter that the file for spreadsheets takes too."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from kanban_hub.domain.andon import CallKind, CallState
from kanban_hub.domain.evidence.pareto import NOT_TOLD
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.web import asked, words
from kanban_hub.web.api.calls import LISTING, CallQuery, chosen
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError
from kanban_hub.web.quality.calls import call_picture

LIMIT = 50
# What is asked in the form; the rest comes by the links of the figures.
_PLAIN = ("kind", "state", "station")
_OWN = ("language", "theme")


@dataclass(frozen=True)
class Chosen:
    """One thing that the list is narrowed down to by a link: what it is, and its value as people read it."""

    word: str
    text: str


def calls_page(parts: WebParts) -> Response:
    """The newest first. A faulty filter shows nothing and says so."""
    given = request.args.copy()
    for name in list(given):
        if name in _OWN or not given[name]:
            given.pop(name)
    try:
        query, fault = asked.query(CallQuery, given), ""
    except ProblemError as error:
        query, fault = CallQuery(), error.problem.detail or ""
    with parts.store.view() as view:
        plant, found = view.plant(), chosen(view, query) if not fault else []
    return _shown(parts, plant, LISTING.page(found, _limited(query)), (given, query, fault))


PAGES = (Page("GET /quality/calls", calls_page, is_reading=True),)


def _limited(query: CallQuery) -> CallQuery:
    values = {name: getattr(query, name) for name in query.__struct_fields__}
    return CallQuery(**(values | {"limit": LIMIT}))


def _shown(parts: WebParts, plant: Plant | None, page: Any, asking: tuple[Any, CallQuery, str]) -> Response:
    given, query, fault = asking
    now_ms = parts.clock.now_ms()
    plain = {name: value for name, value in given.items() if name not in ("limit", "cursor")}
    content = {
        "calls": [call_picture(call, plant, now_ms) for call in page.items] if plant is not None else [],
        "kinds": [(kind.value, words.kind(kind)) for kind in CallKind],
        "states": [(state.value, words.call_state(state)) for state in CallState],
        "stations": list(plant.stations.values()) if plant is not None else [],
        "given": given,
        "narrowed": _narrowed(query, plant),
        "rest": {name: value for name, value in plain.items() if name not in _PLAIN},
        "csv": f"/api/v1/calls.csv?{urlencode(plain)}",
        "more": f"/quality/calls?{urlencode(plain | {'cursor': page.next})}" if page.next else "",
        "fault": fault,
    }
    return shown(parts, "quality/calls.html", content, 400 if fault else 200)


def _narrowed(query: CallQuery, plant: Plant | None) -> list[Chosen]:
    names = {
        "raised_by": _("Found by"),
        "item": _("Item"),
        "topic": _("Defect or reason"),
        "cause": _("Cause"),
    }
    found = [(word, getattr(query, name)) for name, word in names.items()]
    return [Chosen(word, _text(value, plant)) for word, value in found if isinstance(value, str)]


def _text(value: str, plant: Plant | None) -> str:
    if value == NOT_TOLD or plant is None:
        return _("not told")
    if value in plant.items:
        return plant.items[value].name
    return plant.stations[value].name if value in plant.stations else plant.reason_name(value)
