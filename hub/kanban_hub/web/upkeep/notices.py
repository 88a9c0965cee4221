"""Notices: who is told what, what waits, and what could not be told."""

from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.accounts.account import Access
from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_, _
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.configfile import plant_faults
from kanban_hub.notices.errors import DeliveryError
from kanban_hub.notices.notice import Notice, NoticeEvent, NoticeState
from kanban_hub.notices.ports import NoticeFilter
from kanban_hub.notices.trial import trial_notice
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.instant import instant, instant_or_none
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem
from kanban_hub.web.upkeep.recipient import recipients

MAY = (Errand.RETRY_NOTICE,)
SHOWN_MOST = 50
STATES: dict[NoticeState, tuple[str, str]] = {
    NoticeState.WAITING: (N_("waiting"), "asked"),
    NoticeState.SENT: (N_("sent"), "calm"),
    NoticeState.DEAD: (N_("given up"), "bad"),
}
EVENTS: dict[NoticeEvent, str] = {
    NoticeEvent.REQUESTED: N_("new requests"),
    NoticeEvent.CALL_RAISED: N_("call raised"),
    NoticeEvent.CALL_ESCALATED: N_("call escalated"),
    NoticeEvent.LINE_STOPPED: N_("line stopped"),
    NoticeEvent.STARVING: N_("starving"),
    NoticeEvent.PROMISE_LATE: N_("promise too late"),
    NoticeEvent.STATION_SILENT: N_("station silent"),
    NoticeEvent.LAMPS_WRONG: N_("lamps wrong"),
    NoticeEvent.DIGEST: N_("daily digest"),
}


def notices(parts: WebParts) -> Response:
    return _shown(parts)


def retry(parts: WebParts, number: str) -> AnyResponse:
    """Let one that was given up be tried again."""
    known = int(number[:15]) if number.isdecimal() else 0
    with parts.store.notices() as queue:
        if not queue.retry(known, parts.clock.now_ms()):
            raise not_found("no notice that was given up has this number")
    return redirect("/notices?said=retried", 303)


def test(parts: WebParts, recipient: str) -> Response:
    """Really send one, now, and say what stands in the way if it does not arrive."""
    from kanban_hub.notices.build import carriers_of  # noqa: PLC0415  # the rest of the web needs no HTTP client

    config = parts.notices
    if config is None:
        raise ProblemError(problem(409, _("the hub was started without a notices file")))
    notice = trial_notice(config, recipient, parts.clock.now_ms())
    if notice is None:
        raise not_found(f"no {recipient[:40]!r} in the notices file")
    try:
        carriers_of(config)[notice.channel].carry(notice)
    except DeliveryError as error:
        text = _("%(recipient)s: not sent: %(why)s") % {"recipient": recipient, "why": error}
        return _shown(parts, fault=text)
    parts.register.note(Access.NOTICE_TESTED, parts.caller.named, recipient)
    return _shown(parts, said=_("%(recipient)s: sent. Has it arrived?") % {"recipient": recipient})


PAGES = (
    Page("GET /notices", notices, MAY),
    Page("POST /notices/{number}/retry", retry, MAY),
    Page("POST /notices/test/{recipient}", test, (Errand.TEST_NOTICE,)),
)


def _shown(parts: WebParts, fault: str | None = None, said: str | None = None) -> Response:
    state, before = request.args.get("state", ""), request.args.get("before", "")
    which = NoticeFilter(
        before=int(before[:15]) if before.isdecimal() else None,
        limit=SHOWN_MOST + 1,
        state=NoticeState(state) if state in set(NoticeState) else None,
    )
    with parts.store.notices(writes=False) as queue:
        found, counts = queue.page(which), queue.counts()
    if request.args.get("said") == "retried":
        said = _("It is tried again now.")
    content = {
        "config": parts.notices,
        "events": [(event, _(word)) for event, word in EVENTS.items()],
        "recipients": recipients(parts.notices, parts.clock.now_ms(), _plant(parts)) if parts.notices else [],
        "lacks": _lacks(parts, parts.notices) if parts.notices else [],
        "counts": [(one, _(word), look, counts[one.value]) for one, (word, look) in STATES.items()],
        "state": state,
        "notices": [_picture(one) for one in found[:SHOWN_MOST]],
        "older": found[SHOWN_MOST - 1].number if len(found) > SHOWN_MOST else None,
        "fault": fault,
        "said": said,
    }
    return shown(parts, "upkeep/notices.html", content, 400 if fault else 200)


def _picture(one: Notice) -> dict[str, Any]:
    word, look = STATES[one.state]
    return {
        "notice": one,
        "word": _(word),
        "look": look,
        "event": _(EVENTS[one.event]),
        "created": instant(one.created_ms),
        "due": instant(one.due_ms),
        "ended": instant_or_none(one.ended_ms),
        "is_dead": one.state is NoticeState.DEAD,
        "is_waiting": one.state is NoticeState.WAITING,
    }


def _plant(parts: WebParts) -> Any:
    with parts.store.view() as view:
        return view.plant()


def _lacks(parts: WebParts, config: NoticesConfig) -> list[str]:
    """What the file names and the plant has not, or the other way round."""
    plant = _plant(parts)
    return (
        [f"{fault.where}: {fault.text} ({fault.hint})" for fault in plant_faults(config, plant)]
        if plant
        else []
    )
