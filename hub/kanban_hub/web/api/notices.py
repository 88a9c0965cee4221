"""Notices: what people and programs were told, and what could not be. Recipients are ids, never addresses."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.accounts.rights import Errand
from kanban_hub.notices.notice import Channel, Notice, NoticeEvent, NoticeState
from kanban_hub.notices.ports import NoticeFilter
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem

_DIGITS_MOST = 15


class SentNotice(Struct, frozen=True, kw_only=True):
    """`recipient` is the id of a person or a webhook in the notices file."""

    number: int
    state: NoticeState
    channel: Channel
    recipient: str
    event: NoticeEvent
    subject: str
    created_at: Instant
    due_at: Annotated[Instant, Meta(description="When it is tried next, while it waits.")]
    ended_at: Annotated[Instant, Meta(description="When it was sent or given up.")] | None
    attempts: int
    last_error: str | None


class NoticeQuery(PageQuery, frozen=True, kw_only=True):
    state: NoticeState | UnsetType = UNSET


LISTING = Listing[Notice]("notices", int, lambda notice: notice.number)


@operation("GET /api/v1/notices")
def notices(parts: WebParts, query: NoticeQuery) -> Page[SentNotice]:
    """Notices, newest first. With `state=dead` those that were given up."""
    which = NoticeFilter(LISTING.known(query), query.limit + 1, query.state or None)
    with parts.store.notices(writes=False) as queue:
        page = LISTING.cut(queue.page(which), query)
    return Page([_told(notice) for notice in page.items], page.next)


@operation("POST /api/v1/notices/{number}/retry", errors=(404, 409), gives=(Errand.RETRY_NOTICE,))
def retry_notice(parts: WebParts, number: str) -> SentNotice:
    """Let a notice that was given up be tried again, with all its attempts."""
    with parts.store.notices() as queue:
        known = queue.find(int(number)) if number.isdecimal() and len(number) <= _DIGITS_MOST else None
        if known is None:
            raise not_found(f"no notice {number[:40]!r}")
        if not queue.retry(known.number, parts.clock.now_ms()):
            raise ProblemError(problem(409, f"notice {known.number} is {known.state}, not dead"))
        found = queue.find(known.number)
    return _told(found or known)


def _told(notice: Notice) -> SentNotice:
    return SentNotice(
        number=notice.number,
        state=notice.state,
        channel=notice.channel,
        recipient=notice.recipient,
        event=notice.event,
        subject=notice.subject,
        created_at=instant(notice.created_ms),
        due_at=instant(notice.due_ms),
        ended_at=instant_or_none(notice.ended_ms),
        attempts=notice.attempts,
        last_error=notice.last_error,
    )
