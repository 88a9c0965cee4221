"""The recorded pulls of a loop run again with another number of cards."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.sizing import replay as domain
from kanban_hub.domain.sizing.figure import counted, hours
from kanban_hub.web.api.past import Days, past
from kanban_hub.web.instant import Instant, instant, instant_or_none
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts

STOCK_OUTS_MOST = 100
_MS_PER_HOUR = 3_600_000


class ReplayQuery(Struct, frozen=True, kw_only=True):
    cards: Annotated[int, Meta(ge=1, le=1_000, description="The number of cards to try.")]
    container_quantity: (
        Annotated[int, Meta(ge=1, le=1_000_000, description="Instead of the loop's own.")] | UnsetType
    ) = UNSET
    days: Days = 30


class StockOut(Struct, frozen=True, kw_only=True):
    """A time in which no full container stood at the consumer."""

    begins_at: Instant
    ends_at: Annotated[Instant, Meta(description="Null while it lasts.")] | None
    unmet_pulls: int


class ReplayRun(Struct, frozen=True, kw_only=True):
    cards: int
    container_quantity: int
    pulls: int
    unmet_pulls: int
    lowest: Annotated[int, Meta(description="The fewest full containers that there were.")]
    out_hours: Annotated[float, Meta(description="All stock-outs together.")]
    stock_out_count: int
    stock_outs: Annotated[list[StockOut], Meta(description=f"The latest {STOCK_OUTS_MOST} at most.")]
    text: str


class Replay(Struct, frozen=True, kw_only=True):
    """`recorded` is the control: the loop with its own cards, as it was."""

    loop: str
    begins_at: Instant
    ends_at: Instant
    recorded: ReplayRun
    tried: ReplayRun


@operation("GET /api/v1/loops/{loop}/replay", errors=(404, 409))
def loop_replay(parts: WebParts, loop: str, query: ReplayQuery) -> Replay:
    """Would the consumer have run out with so many cards? Run on the recorded pulls. Changes nothing."""
    seen = past(parts, loop, query.days)
    own = domain.Size(seen.course.cards, seen.loop.container_quantity)
    quantity = own.container_quantity if query.container_quantity is UNSET else query.container_quantity
    recorded = domain.replay(seen.course, seen.loop, own, seen.now_ms)
    tried = domain.replay(seen.course, seen.loop, domain.Size(query.cards, quantity), seen.now_ms)
    return Replay(
        loop=loop,
        begins_at=instant(recorded.from_ms),
        ends_at=instant(recorded.to_ms),
        recorded=_run_of(recorded),
        tried=_run_of(tried),
    )


def _run_of(run: domain.Replay) -> ReplayRun:
    return ReplayRun(
        cards=run.cards,
        container_quantity=run.container_quantity,
        pulls=run.pulls,
        unmet_pulls=run.unmet,
        lowest=run.lowest,
        out_hours=run.out_ms / _MS_PER_HOUR,
        stock_out_count=len(run.stock_outs),
        stock_outs=[_stock_out_of(one) for one in run.stock_outs[-STOCK_OUTS_MOST:]],
        text=text_of(run),
    )


def _stock_out_of(one: domain.StockOut) -> StockOut:
    return StockOut(begins_at=instant(one.from_ms), ends_at=instant_or_none(one.to_ms), unmet_pulls=one.unmet)


def text_of(run: domain.Replay) -> str:
    """One sentence for a supervisor."""
    cards, pulls = counted(run.cards, "card"), counted(run.pulls, "pull")
    if not run.stock_outs:
        return f"{cards}: never without a full container in {pulls}, lowest {run.lowest}"
    return (
        f"{cards}: without a full container {counted(len(run.stock_outs), 'time')},"
        f" {hours(run.out_ms / _MS_PER_HOUR)} together; {run.unmet} of {pulls} found nothing"
    )
