"""What customers order at the end of the chain."""

import csv
import io
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.demanding import PIECES_MOST
from kanban_hub.domain.errors import DomainError
from kanban_hub.domain.records import demand as records
from kanban_hub.orders import PlaceDemand
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty
from kanban_protocol.ids import LoopId

CSV = "text/csv"
COLUMNS = ("loop", "reference", "pieces")

Reference = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[!-~]+( [!-~]+)*$")]
Table = Annotated[str, Meta(description="A header line `loop,reference,pieces`, then a line an order.")]


class DemandOrder(Struct, frozen=True, kw_only=True):
    """The same reference with the same pieces is the same order, however often it comes."""

    loop: LoopId
    reference: Annotated[Reference, Meta(description="The customer's own number of the order.")]
    pieces: Annotated[int, Meta(ge=1, le=PIECES_MOST)]


class Demand(Struct, frozen=True, kw_only=True):
    loop: str
    reference: str
    pieces: int
    served: Annotated[int, Meta(description="Pieces that have gone to the customer.")]
    placed_at: Instant
    served_at: Annotated[Instant, Meta(description="When the latest pieces went.")] | None


class DemandQuery(PageQuery, frozen=True, kw_only=True):
    open: Annotated[bool, Meta(description="Only those that are not served in full.")] = False
    loop: LoopId | UnsetType = UNSET


class Placed(Struct, frozen=True, kw_only=True):
    """`refused` says by line why an order was not taken; the others were."""

    placed: list[Demand]
    refused: list[Fault]


LISTING = Listing[Demand]("demands", tuple[str, str], lambda demand: (demand.loop, demand.reference))


@operation("GET /api/v1/demands")
def demands(parts: WebParts, query: DemandQuery) -> Page[Demand]:
    """Customers' orders: the open ones, and those served within the last 90 days."""
    with parts.floor() as (floor, _):
        found = floor.records_of(records.Demand, only_open=query.open)
        rows = [told(demand) for demand in found if query.loop in (UNSET, demand.loop)]
    return LISTING.page(rows, query)


@operation("POST /api/v1/demands", errors=(404, 409), gives=(PlaceDemand,))
def place_demand(parts: WebParts, body: DemandOrder) -> Demand:
    """Take a customer's order: it pulls containers at the last station, now and as they arrive."""
    return place(parts, body)


@operation("POST /api/v1/demands.csv", takes=CSV, gives=(PlaceDemand,))
def import_demands(parts: WebParts, body: Table) -> Placed:
    """Take many orders. The whole table must be well-formed; then each is taken or refused by itself."""
    return placed_from(parts, body)


def placed_from(parts: WebParts, table: str) -> Placed:
    """What becomes of the orders in `table`. Raises a 400 with every fault of its form."""
    placed, refused = [], []
    for line, order in _orders(table):
        try:
            placed.append(place(parts, order))
        except DomainError as error:
            refused.append(Fault(f"line {line}", str(error)))
    return Placed(placed=placed, refused=refused)


def place(parts: WebParts, order: DemandOrder) -> Demand:
    """Take one order, and say what was served of it."""
    parts.ask(PlaceDemand(order.loop, order.reference, order.pieces))
    with parts.floor() as (floor, _):
        found = floor.record(records.Demand, f"{order.loop}/{order.reference}")
    if found is None:
        raise LookupError(order)
    return told(found)


def _orders(table: str) -> list[tuple[int, DemandOrder]]:
    """The orders with their lines. Raises a 400 with every fault."""
    reader = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise faulty([Fault("line 1", f"write the header {','.join(COLUMNS)}")])
    orders, faults = [], []
    try:
        for row in reader:
            try:
                orders.append((reader.line_num, msgspec.convert(row, DemandOrder, strict=False)))
            except msgspec.ValidationError as error:
                faults.append(Fault(f"line {reader.line_num}", str(error)))
    except csv.Error as error:
        faults.append(Fault(f"line {reader.line_num}", str(error)))
    if faults:
        raise faulty(faults)
    return orders


def told(demand: records.Demand) -> Demand:
    return Demand(
        loop=demand.loop,
        reference=demand.id.partition("/")[2],
        pieces=demand.pieces,
        served=demand.served,
        placed_at=instant(demand.placed_ms),
        served_at=instant_or_none(demand.served_ms),
    )
