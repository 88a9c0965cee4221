"""Messages that could not be taken, as they came: nothing is dropped unseen."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.ports import SetAside
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts


class SetAsideMessage(Struct, frozen=True, kw_only=True):
    """A message that is no signal of the contract. `epoch` and `seq` are there when these two were intact."""

    number: int
    station: str | None
    topic: str
    reason: Annotated[str, Meta(description="The short word that it is counted under.")]
    detail: str
    payload: Annotated[bytes, Meta(description="As it came, its first 4,096 bytes, in base64.")]
    received_at: Instant
    epoch: str | None
    seq: int | None


LISTING = Listing[tuple[int, SetAside]]("quarantine", int, lambda row: row[0])


@operation("GET /api/v1/quarantine")
def quarantine(parts: WebParts, query: PageQuery) -> Page[SetAsideMessage]:
    """All messages set aside, oldest first."""
    after = LISTING.known(query) or 0
    with parts.store.view() as view:
        page = LISTING.cut(view.set_aside(after, query.limit + 1), query)
    return Page([_told(*row) for row in page.items], page.next)


def _told(number: int, aside: SetAside) -> SetAsideMessage:
    _, epoch, seq = aside.key or (None, None, None)
    return SetAsideMessage(
        number=number,
        station=aside.station,
        topic=aside.topic,
        reason=aside.reason,
        detail=aside.detail,
        payload=aside.payload,
        received_at=instant(aside.received_ms),
        epoch=epoch,
        seq=seq,
    )
