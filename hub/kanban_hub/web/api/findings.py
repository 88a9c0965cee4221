"""Bad containers: what was found, what the leader added, what was decided; and their photos."""

from typing import Annotated

from flask import Response
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.counting import LOT_MOST, QUANTITY_MOST
from kanban_hub.domain.finding import NOTE_MOST
from kanban_hub.domain.moves import Move
from kanban_hub.domain.records import finding as records
from kanban_hub.orders import NoteDefect
from kanban_hub.photo import BYTES_MOST, MEDIA_TYPE, PhotoError, photo_of
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty, not_found
from kanban_protocol.ids import LoopId
from kanban_protocol.signals import ShortText

PhotoId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="As `POST /api/v1/photos` answered.")]


class Finding(Struct, frozen=True, kw_only=True):
    """`call` is the andon call that the fail raised. `disposition` is null while nothing is decided."""

    call: str
    loop: str | None
    card: str
    found_at: Instant
    defect: str | None
    quantity: Annotated[int, Meta(description="Pieces found bad.")] | None
    lot: str | None
    notes: list[str]
    photos: list[str]
    disposition: Move | None
    decided_at: Annotated[Instant, Meta(description="Or when the fail was taken back.")] | None


class FindingQuery(PageQuery, frozen=True, kw_only=True):
    open: Annotated[bool, Meta(description="Only those that nothing was decided about.")] = False
    loop: LoopId | UnsetType = UNSET


class FindingOrder(Struct, frozen=True, kw_only=True):
    """What is not said stays as it is; notes and photos are added."""

    defect: ShortText | None = None
    quantity: Annotated[int, Meta(ge=0, le=QUANTITY_MOST)] | None = None
    lot: Annotated[str, Meta(min_length=1, max_length=LOT_MOST)] | None = None
    note: Annotated[str, Meta(min_length=1, max_length=NOTE_MOST)] | None = None
    photo: PhotoId | None = None


class Kept(Struct, frozen=True, kw_only=True):
    photo: str


LISTING = Listing[Finding](
    "findings", tuple[str, str], lambda finding: (finding.found_at.isoformat(), finding.call)
)


@operation("GET /api/v1/findings")
def findings(parts: WebParts, query: FindingQuery) -> Page[Finding]:
    """Bad containers: those that wait for a decision, and those decided within the last 90 days."""
    with parts.floor() as (floor, _):
        found = floor.records_of(records.Finding, only_open=query.open)
    rows = [_told(one) for one in found if query.loop in (UNSET, one.loop)]
    return LISTING.page(rows, query)


@operation("POST /api/v1/findings/{call}", errors=(404, 409), gives=(NoteDefect,))
def note_defect(parts: WebParts, call: str, body: FindingOrder) -> Finding:
    """Add what is known. A lot holds its sister containers as suspect from now on."""
    with parts.store.view() as view:
        if body.photo is not None and view.photo(body.photo) is None:
            raise not_found(f"no photo {body.photo}")
    parts.ask(NoteDefect(call, records.Defect(body.defect, body.lot, body.quantity, body.note, body.photo)))
    with parts.floor() as (floor, _):
        found = floor.record(records.Finding, call)
    if found is None:
        raise not_found(f"no finding {call[:80]!r}")
    return _told(found)


@operation("POST /api/v1/photos", takes="image/*", most_bytes=BYTES_MOST, gives=(Errand.KEEP_PHOTO,))
def keep_photo(parts: WebParts, body: bytes) -> Kept:
    """Keep a photo (JPEG, PNG or WebP): drawn again without what cameras write beside it."""
    try:
        photo = photo_of(body)
    except PhotoError as error:
        raise faulty([Fault("body", str(error))]) from None
    parts.store.keep_photo(photo, parts.clock.now_ms())
    return Kept(photo=photo.id)


@operation("GET /api/v1/photos/{photo}", errors=(404,), media_type=MEDIA_TYPE, made=bytes)
def photo(parts: WebParts, photo: str) -> Response:
    """A photo. It never changes: its id is made of its content."""
    with parts.store.view() as view:
        found = view.photo(photo)
    if found is None:
        raise not_found(f"no photo {photo[:80]!r}")
    response = Response(found.data, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _told(finding: records.Finding) -> Finding:
    return Finding(
        call=finding.id,
        loop=finding.loop,
        card=finding.card,
        found_at=instant(finding.found_ms),
        defect=finding.defect,
        quantity=finding.quantity,
        lot=finding.lot,
        notes=list(finding.notes),
        photos=list(finding.photos),
        disposition=finding.disposition,
        decided_at=instant_or_none(finding.decided_ms),
    )
