"""Links that let external suppliers in without an account. Who has one is nobody else's business."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.accounts.rights import Errand
from kanban_hub.ports import SupplierLink
from kanban_hub.suppliers import links as register
from kanban_hub.suppliers.addresses import page_url
from kanban_hub.suppliers.errors import NotExternalError, UnknownLinkError
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import ProblemError, not_found, problem
from kanban_protocol.ids import StationId


class Link(Struct, frozen=True, kw_only=True):
    """`good`: it lets its bearer in now. Its address is told only when it is made."""

    id: str
    station: str
    made_at: Instant
    expires_at: Instant
    revoked_at: Instant | None
    good: bool


class LinkOrder(Struct, frozen=True, kw_only=True):
    station: StationId
    days: Annotated[int, Meta(ge=1, le=register.DAYS_MOST)] = register.DAYS_USUAL


class NewLink(Struct, frozen=True, kw_only=True):
    """`url` is a path when the hub does not know where people outside reach it."""

    link: Link
    url: Annotated[str, Meta(description="Whoever has it can answer for the supplier. It is not told again.")]


LISTING = Listing[SupplierLink]("links", tuple[int, str], lambda link: (-link.made_ms, link.id))


@operation("GET /api/v1/links", gives=(Errand.LINKS,))
def links(parts: WebParts, query: PageQuery) -> Page[Link]:
    """All links, newest first, also those that are no longer good."""
    with parts.store.view() as view:
        known = view.links()
    page = LISTING.page(known, query)
    return Page([_link_of(parts, link) for link in page.items], page.next)


@operation("POST /api/v1/links", errors=(404, 409), gives=(Errand.LINKS,))
def add_link(parts: WebParts, body: LinkOrder) -> NewLink:
    """Make a link for an external supplier."""
    try:
        made = register.add(parts.store, body.station, body.days, parts.clock.now_ms())
    except NotExternalError as error:
        raise ProblemError(problem(409, str(error))) from None
    return NewLink(link=_link_of(parts, made), url=page_url(parts.public_url, parts.signer, made.id))


@operation("POST /api/v1/links/{link}/revoke", errors=(404,), gives=(Errand.LINKS,))
def revoke_link(parts: WebParts, link: str) -> Link:
    """Take a link back, at once and for ever."""
    try:
        return _link_of(parts, register.revoke(parts.store, link, parts.clock.now_ms()))
    except UnknownLinkError:
        raise not_found(f"no link {link[:80]!r}") from None


def _link_of(parts: WebParts, link: SupplierLink) -> Link:
    return Link(
        id=link.id,
        station=link.station,
        made_at=instant(link.made_ms),
        expires_at=instant(link.expires_ms),
        revoked_at=instant_or_none(link.revoked_ms),
        good=link.is_good(parts.clock.now_ms()),
    )
