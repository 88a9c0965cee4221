"""Quality: what is open, one call's whole story, all calls, and what goes wrong most often."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.finding import NOTE_MOST, PHOTOS_MOST
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from kanban_hub.domain.records.finding import Finding
from kanban_hub.language import N_, _
from kanban_hub.photo import BYTES_MOST
from kanban_hub.ports import View, WantedLamps
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.live import live
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_hub.web.quality import bad
from kanban_hub.web.quality.calls import CallPicture, call_picture, open_calls, solved_calls
from kanban_hub.web.quality.may import may
from kanban_hub.web.quality.story import Chapter, story

OPEN = "/quality"
SAID = {
    "take": N_("You have taken the call."),
    "arrive": N_("The call says that help is there."),
    "solve": N_("The call is solved. It stays here until its cause is settled."),
    "close": N_("The call is closed."),
    "reject": N_("The call was none. It stays visible and is in no mean."),
    "clear": N_("The container is used as it is."),
    "rework": N_("The container is reworked."),
    "return": N_("The container goes back to the supplier."),
    "scrap": N_("The container is scrapped, its card is void."),
    "absolve": N_("The container is good: it takes part again."),
    "finding": N_("What you said is kept."),
    "photo": N_("The photo is kept, without what the camera writes beside it."),
}
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Told:
    """What a refused form gets back: why, and what was typed into it."""

    fault: str = ""
    detail: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 409


@dataclass(frozen=True)
class CallPage:
    """One call with all that hangs on it. `container` waits for a decision, `finding` is what is known."""

    call: CallPicture
    container: bad.BadContainer | None
    finding: bad.FindingPicture | None
    story: tuple[Chapter, ...]


def open_page(parts: WebParts, told: Told | None = None) -> Response:
    """All that waits for somebody."""
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _revision), parts.store.view() as view:
        content = {
            "calls": open_calls(floor, now_ms),
            "solved": solved_calls(floor, now_ms),
            "containers": bad.bad_containers(floor, view.lamps()),
            "suspects": bad.lone_suspects(floor),
            "causes": floor.plant.reasons_for(ReasonKind.CAUSE),
        }
    return _answer(parts, "quality/open.html", content, told, OPEN)


def call_page(parts: WebParts, call: str, told: Told | None = None) -> Response:
    """One call. Raises a 404."""
    with parts.floor() as (floor, _revision), parts.store.view() as view:
        known = _known(floor, view, call)
        page = _page_of(floor, view, known, parts.clock.now_ms())
        content = {"page": page, **_lists(floor.plant)}
    return _answer(parts, "quality/call.html", content, told, f"{OPEN}/{call}")


def _page_of(floor: Floor, view: View, call: AndonCall, now_ms: int) -> CallPage:
    finding = floor.record(Finding, call.id)
    return CallPage(
        call_picture(call, floor.plant, now_ms),
        _container(floor, finding, view.lamps()),
        bad.finding_picture(floor, finding) if finding is not None else None,
        story(view, call, floor.plant, finding.decided_ms if finding is not None else None),
    )


def _container(
    floor: Floor, finding: Finding | None, lamps: Mapping[str, WantedLamps]
) -> bad.BadContainer | None:
    if finding is None or not finding.is_open:
        return None
    return bad.container(floor, floor.card(finding.card), lamps)


def _known(floor: Floor, view: View, call: str) -> AndonCall:
    """The floor keeps what may still move, the store all."""
    found = floor.calls.get(call) or next((one for one in view.calls() if one.id == call), None)
    if found is None:
        raise not_found(_("there is no call %(call)s") % {"call": call[:80]})
    return found


def _lists(plant: Plant) -> dict[str, list[PlantReason]]:
    return {
        "causes": plant.reasons_for(ReasonKind.CAUSE),
        "defects": plant.reasons_for(ReasonKind.DEFECT),
    }


def _answer(parts: WebParts, name: str, content: dict[str, Any], told: Told | None, address: str) -> Response:
    """The page, or after a refused form the same page with what was wrong, at its own address."""
    said = SAID.get(request.args.get("said", ""), "") if told is None else ""
    content |= {
        "may": may(parts.caller),
        "said": _(said) if said else "",
        "told": told or Told(),
        "address": address if told is not None else "",
        "photos_most": PHOTOS_MOST,
        "note_most": NOTE_MOST,
        "photo_most": BYTES_MOST,
        "photo_most_mb": BYTES_MOST // _MEGABYTE,
    }
    if told is not None:
        return shown(parts, name, {"is_part": False, **content}, told.status)
    return live(parts, name, content)


PAGES = (
    Page("GET /quality", open_page, is_reading=True),
    Page("GET /quality/{call}", call_page, is_reading=True),
)
