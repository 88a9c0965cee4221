"""The tree of escalation, published: who is told of a call, and when."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.andon import CallKind
from kanban_hub.errors import NotLoadedError
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts

Told = Annotated[
    list[str], Meta(description="Groups of people, never a person; empty: whoever asked for it.")
]


class EscalationLevel(Struct, frozen=True, kw_only=True):
    """Both clocks count seconds of working time from their own beginning: the raising, and the taking."""

    kind: CallKind
    level: int
    take_within_s: int
    solve_within_s: int
    tell: Told


LISTING = Listing[EscalationLevel]("escalation", tuple[str, int], lambda row: (row.kind.value, row.level))


@operation("GET /api/v1/escalation")
def escalation(parts: WebParts, query: PageQuery) -> Page[EscalationLevel]:
    """For each kind of call its levels, the lowest first."""
    with parts.store.view() as view:
        plant = view.plant()
    if plant is None:
        raise NotLoadedError
    rows = [
        EscalationLevel(
            kind=kind,
            level=rule.level,
            take_within_s=rule.take_within_s,
            solve_within_s=rule.solve_within_s,
            tell=list(rule.tell),
        )
        for kind in CallKind
        for rule in plant.tree(kind)
    ]
    return LISTING.page(rows, query)
