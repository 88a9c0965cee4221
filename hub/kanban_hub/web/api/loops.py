"""Kanban loops: how each is defined, and how it stands."""

from collections import Counter
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain import balance as sheets
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Move, State
from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.domain.replenishment import replenishment_queue
from kanban_hub.domain.stock import full_containers, rate, stock_pieces
from kanban_hub.orders import MoveLoop
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.signals import ShortText


class Rate(Struct, frozen=True, kw_only=True):
    """Consumption in pieces per hour: `measured` over the latest pulls, `planned` until there are enough."""

    per_hour: float
    source: str


class Balance(Struct, frozen=True, kw_only=True):
    """Conservation: the regular cards are as many as the loop defines. Temporary ones are counted apart."""

    loop: str
    defined: int
    regular: int
    temporary: int
    surplus: Annotated[int, Meta(description="Cards of a loop made smaller that are still to go.")]
    even: bool


class Loop(Struct, frozen=True, kw_only=True):
    """The circuit of cards for one item between one supplier and one consumer."""

    id: str
    item: str
    item_name: str
    supplier: str
    consumer: str
    container_quantity: int
    cards: int
    steps: list[Move]
    batch: int
    batch_max_wait_s: int
    lead_time_s: int
    planned_rate_per_hour: float
    duplicate_window_s: float
    kind: LoopKind
    pulls: Annotated[str, Meta(description="The production loop whose supermarket it takes from.")] | None
    lot_containers: int
    reorder_containers: int
    changeover_group: str | None
    cycle_time_s: float | None
    containment_window_s: int
    supplier_item: str | None
    counts: Annotated[dict[State, int], Meta(description="Cards by state, void ones not counted.")]
    held: int
    balance: Balance
    rate: Rate
    full_containers: Annotated[int, Meta(description="Containers that the consumer can use now.")]
    stock_minutes: Annotated[float, Meta(description="How long they last at this rate.")]
    minutes_to_starvation: (
        Annotated[float, Meta(description="Of the most urgent card asked for; see the queue.")] | None
    )


class LoopMove(StrEnum):
    HOLD = "hold"
    RESUME = "resume"


class LoopOrder(Struct, frozen=True, kw_only=True):
    move: LoopMove
    reason: Annotated[ShortText, Meta(description="`hold` demands it.")] | None = None


LISTING = Listing[Loop]("loops", str, lambda loop: loop.id)
BALANCES = Listing[Balance]("balance", str, lambda sheet: sheet.loop)


@operation("GET /api/v1/loops")
def loops(parts: WebParts, query: PageQuery) -> Page[Loop]:
    """All loops with how they stand."""
    now_ms = parts.clock.now_ms()
    with parts.floor() as (floor, _):
        rows = [loop_of(floor, loop, now_ms) for loop in floor.plant.loops.values()]
    return LISTING.page(rows, query)


@operation("GET /api/v1/loops/{loop}", errors=(404,))
def loop(parts: WebParts, loop: str) -> Loop:
    """One loop."""
    with parts.floor() as (floor, _):
        if loop not in floor.plant.loops:
            raise not_found(f"no loop {loop[:80]!r}")
        return loop_of(floor, floor.plant.loops[loop], parts.clock.now_ms())


@operation("POST /api/v1/loops/{loop}/moves", errors=(404, 409), gives=(MoveLoop,))
def move_loop(parts: WebParts, loop: str, body: LoopOrder) -> Loop:
    """Keep a whole loop out of use, or let it take part again. Cards held by themselves stay held."""
    parts.ask(MoveLoop(loop, body.move.value, body.reason))
    with parts.floor() as (floor, _):
        return loop_of(floor, floor.loop(loop), parts.clock.now_ms())


@operation("GET /api/v1/balance")
def balance(parts: WebParts, query: PageQuery) -> Page[Balance]:
    """The balance sheet of every loop."""
    with parts.floor() as (floor, _):
        rows = [_balance_of(sheet) for sheet in sheets.balance(floor)]
    return BALANCES.page(rows, query)


def loop_of(floor: Floor, loop: KanbanLoop, now_ms: int) -> Loop:
    """`loop` as it stands now."""
    cards = floor.cards_of(loop.id)
    counts = Counter(card.state for card in cards)
    consumption, full = rate(floor, loop), full_containers(floor, loop)
    sheet = next(sheet for sheet in sheets.balance(floor) if sheet.loop == loop.id)
    return Loop(
        id=loop.id,
        item=loop.item,
        item_name=floor.plant.item_name(loop),
        supplier=loop.supplier,
        consumer=loop.consumer,
        container_quantity=loop.container_quantity,
        cards=loop.cards,
        steps=list(loop.steps),
        batch=loop.batch,
        batch_max_wait_s=loop.batch_max_wait_s,
        lead_time_s=loop.lead_time_s,
        planned_rate_per_hour=loop.rate_per_hour,
        duplicate_window_s=loop.duplicate_window_s,
        kind=loop.kind,
        pulls=loop.pulls,
        lot_containers=loop.lot_containers,
        reorder_containers=loop.reorder_containers,
        changeover_group=loop.changeover_group,
        cycle_time_s=loop.cycle_time_s,
        containment_window_s=loop.containment_window_s,
        supplier_item=loop.supplier_item,
        counts={state: counts[state] for state in State},
        held=sum(card.standing == "held" for card in cards),
        balance=_balance_of(sheet),
        rate=Rate(per_hour=consumption.per_hour, source=consumption.source),
        full_containers=full,
        stock_minutes=stock_pieces(floor, loop) / consumption.per_hour * 60,
        minutes_to_starvation=_most_urgent(floor, loop, now_ms),
    )


def _most_urgent(floor: Floor, loop: KanbanLoop, now_ms: int) -> float | None:
    queue = replenishment_queue(floor, loop.supplier, now_ms)
    return min((e.minutes_to_starvation for e in queue if e.card.loop == loop.id), default=None)


def _balance_of(sheet: sheets.Balance) -> Balance:
    return Balance(
        loop=sheet.loop,
        defined=sheet.defined,
        regular=sheet.regular,
        temporary=sheet.temporary,
        surplus=sheet.surplus,
        even=sheet.is_even,
    )
