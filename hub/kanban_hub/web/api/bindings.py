"""Suppliers' own labels and what they mean here."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.binding import Target
from kanban_hub.domain.records.binding import Binding as DomainBinding
from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.label import Label
from kanban_hub.labels.reading import read
from kanban_hub.orders import BindLabel, UnbindLabel
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty, not_found
from kanban_protocol.ids import CardId, LoopId
from kanban_protocol.signals import Code

ItemId = Annotated[str, Meta(min_length=1, max_length=32)]
Key = Annotated[str, Meta(min_length=1, max_length=160, description="Such as `gtin:09506000134352`.")]


class Binding(Struct, frozen=True, kw_only=True):
    """Exactly one of `card`, `item` and `loop` is set."""

    key: str
    card: str | None
    item: str | None
    loop: str | None
    bound_at: Instant


class BindingOrder(Struct, frozen=True, kw_only=True):
    """`code` is the label as a scanner reads it; exactly one of the others says what it shall mean."""

    code: Code
    card: CardId | None = None
    item: ItemId | None = None
    loop: LoopId | None = None


class BindingEnd(Struct, frozen=True, kw_only=True):
    key: Key


LISTING = Listing[Binding]("bindings", str, lambda binding: binding.key)


@operation("GET /api/v1/bindings")
def bindings(parts: WebParts, query: PageQuery) -> Page[Binding]:
    """All labels that are bound, by key."""
    with parts.floor() as (floor, _):
        rows = [_binding_of(record) for record in floor.records_of(DomainBinding)]
    return LISTING.page(rows, query)


@operation("POST /api/v1/bindings", errors=(404, 409), gives=(BindLabel,))
def bind_label(parts: WebParts, body: BindingOrder) -> Binding:
    """Bind a label. To a card: by what names the one container, such as SSCC or serial number. To an item
    or a loop: by what names the item, such as GTIN or item code. A code in no known form is bound as a
    whole. Only exactly the same matches later.
    """
    key = _key(body)
    parts.ask(BindLabel(key, Target(body.card, body.item, body.loop)))
    return _known(parts, key)


@operation("POST /api/v1/bindings/ends", errors=(404, 409), gives=(UnbindLabel,))
def unbind_label(parts: WebParts, body: BindingEnd) -> Binding:
    """Let a label mean nothing again. Answers with the binding as it was."""
    parts.ask(UnbindLabel(body.key))
    return _known(parts, body.key)


def _key(body: BindingOrder) -> str:
    if sum(part is not None for part in (body.card, body.item, body.loop)) != 1:
        raise faulty([Fault("body", "bind to exactly one of card, item and loop")])
    try:
        label = read(body.code)
    except LabelError as error:
        raise faulty([Fault("body.code", str(error))]) from None
    if label.card is not None:
        raise faulty([Fault("body.code", "is the number of a card, which needs no binding")])
    keys = label.container_keys if body.card is not None else label.item_keys
    if not keys:
        raise faulty([Fault("body.code", _missing(label, is_card=body.card is not None))])
    return keys[0]


def _missing(label: Label, *, is_card: bool) -> str:
    if is_card:
        return "names no single container: bind it to an item or a loop"
    if label.container_keys:
        return "names one container and no item: bind it to a card"
    return "names neither a container nor an item"


def _known(parts: WebParts, key: str) -> Binding:
    with parts.floor() as (floor, _):
        record = floor.record(DomainBinding, key)
    if record is None:
        raise not_found(f"nothing is bound to {key[:80]!r}")
    return _binding_of(record)


def _binding_of(record: DomainBinding) -> Binding:
    return Binding(
        key=record.id,
        card=record.card,
        item=record.item,
        loop=record.loop,
        bound_at=instant(record.bound_ms),
    )
