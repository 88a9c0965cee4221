"""What the events of the last thirty days say of one loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.dwell import GhostRow, ghost_cards
from kanban_hub.domain.evidence.flow import FlowSample, flow
from kanban_hub.domain.evidence.promises import OnTimeRow, on_time
from kanban_hub.domain.evidence.stockouts import StockOutRow, stock_outs
from kanban_hub.domain.moves import State
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.chart.areas import Sample, areas
from kanban_hub.web.chart.histogram import histogram
from kanban_hub.web.chart.picture import Chart
from kanban_hub.web.loop.past import FLOW_DAYS, OF_ALL_FOR_S, Leads, all_leads, latest, seen
from kanban_hub.web.parts import WebParts

# From the lowest band up: what stands here, then what is on its way, the nearest first.
_BANDS = (
    State.FULL, State.IN_TRANSIT, State.DONE, State.IN_PROCESS, State.ACCEPTED, State.REQUESTED,
    State.COLLECTING, State.QUARANTINED,
)  # fmt: skip
_MINUTES_S, _HOURS_S = 60.0, 3_600.0
_MINUTES_UNTIL_S = 3 * _HOURS_S


@dataclass(frozen=True)
class Story:
    flow: Sequence[FlowSample]
    leads: Leads | None
    stock_outs: Sequence[StockOutRow]
    on_time: OnTimeRow | None
    ghosts: Sequence[GhostRow]


@dataclass(frozen=True)
class _OfAll:
    """What is made for all loops in one go, and kept for all who look at one of them."""

    stock_outs: Sequence[StockOutRow]
    on_time: Sequence[OnTimeRow]
    ghosts: Sequence[GhostRow]


def story(parts: WebParts, loop: str) -> Story:
    """What is told of `loop`."""
    of_all = seen(parts, "stories", _of_all, OF_ALL_FOR_S)
    return Story(
        seen(parts, ("flow", loop), partial(_flow, loop)),
        all_leads(parts).get(loop),
        [row for row in of_all.stock_outs if row.loop == loop],
        next((row for row in of_all.on_time if row.loop == loop), None),
        [row for row in of_all.ghosts if row.loop == loop],
    )


def _of_all(basis: Basis) -> _OfAll:
    return _OfAll(stock_outs(basis), on_time(basis), ghost_cards(basis))


def _flow(loop: str, basis: Basis) -> list[FlowSample]:
    return flow(latest(basis), loop)


def flow_chart(told: Story) -> Chart:
    """The cards by state over time."""
    samples = [
        Sample(one.at_ms, {state.value: count for state, count in one.counts.items()}) for one in told.flow
    ]
    kinds = {state.value: words.state(state) for state in _BANDS}
    text = _("How many cards were in which state in the last %(days)s days.") % {"days": FLOW_DAYS}
    return areas(("flow", _("Where the cards were")), text, kinds, samples)


def leads_chart(told: Story) -> Chart | None:
    """From the pull until the container was here; `None` while none has come."""
    if told.leads is None:
        return None
    is_short = told.leads.all_s[-1] < _MINUTES_UNTIL_S
    unit, seconds = (_("min"), _MINUTES_S) if is_short else (_("h"), _HOURS_S)
    return histogram(("leads", _("Lead time")), [one / seconds for one in told.leads.all_s], unit)
