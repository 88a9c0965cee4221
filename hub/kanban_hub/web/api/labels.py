"""What is printed, and how the hub reads a label."""

from flask import Response
from msgspec import Struct

from kanban_hub.labels.errors import LabelError
from kanban_hub.labels.label import Form
from kanban_hub.labels.reading import read
from kanban_hub.paper.card import QrContent, front
from kanban_hub.paper.form import FORMS, PAPERS
from kanban_hub.paper.posters import command_sheet as drawn_sheet
from kanban_hub.paper.svg import svg
from kanban_hub.web.operation import operation
from kanban_hub.web.paper import commands
from kanban_hub.web.paper.faces import face
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty, not_found
from kanban_protocol.signals import Code

SVG = "image/svg+xml"


class LabelQuery(Struct, frozen=True, kw_only=True):
    """`contents`: the label of this one filling, with its lot and quantity, not the card for good."""

    contents: bool = False


class CodeQuery(Struct, frozen=True, kw_only=True):
    code: Code


class Label(Struct, frozen=True, kw_only=True):
    """What a code says. `keys` are what it can be bound by."""

    form: Form
    card: str | None
    item_code: str | None
    gtin: str | None
    lot: str | None
    quantity: int | None
    serial: str | None
    sscc: str | None
    keys: list[str]


@operation("GET /api/v1/cards/{card}/label.svg", errors=(404,), media_type=SVG, made=str)
def card_label(parts: WebParts, card: str, query: LabelQuery) -> Response:
    """A card to print, A7: QR code with data identifiers, and Code 128. A void number is not printed."""
    with parts.floor() as (floor, _):
        known = floor.cards.get(card)
        if known is None or known.is_void:
            raise not_found(f"no card {card[:80]!r} to print")
        found = face(floor, known, contents=query.contents)
    return Response(svg(front(found, FORMS["a7"], QrContent.DATA)), mimetype=SVG)


@operation("GET /api/v1/commands.svg", media_type=SVG, made=str)
def command_sheet(_: WebParts) -> Response:
    """The sheet of command codes to hang beside a station, A4."""
    sheet = drawn_sheet(commands.title(), commands.commands(), PAPERS["a4"])
    return Response(svg(sheet), mimetype=SVG)


@operation("GET /api/v1/label")
def label(_: WebParts, query: CodeQuery) -> Label:
    """How a code is read. Nothing is moved."""
    try:
        found = read(query.code)
    except LabelError as error:
        raise faulty([Fault("query.code", str(error))]) from None
    return Label(
        form=found.form,
        card=found.card,
        item_code=found.item_code,
        gtin=found.gtin,
        lot=found.lot,
        quantity=found.quantity,
        serial=found.serial,
        sscc=found.sscc,
        keys=list(dict.fromkeys([*found.container_keys, *found.item_keys])),
    )
