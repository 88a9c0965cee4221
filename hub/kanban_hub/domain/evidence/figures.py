"""Every figure that there is. The API, the files and the documentation are made from this table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kanban_hub.domain.evidence import (
    bullwhip,
    dwell,
    fails,
    firstpass,
    leadtimes,
    pace,
    pareto,
    promises,
    queueage,
    refusals,
    repeats,
    responses,
    sheet,
    stockouts,
    targets,
    turns,
    walking,
)
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.marking import N_


@dataclass(frozen=True)
class Figure:
    """`unit` is that of its main column; `definition` says in words how it is made.

    `row` is a dataclass whose fields are the columns, the last of them `events`: the numbers of the events
    that the row comes from. Names end in their units: `_s`, `_h`, `hours`, `_at_ms` for an instant; yields
    and shares lie between 0 and 1.
    """

    title: str
    unit: str
    definition: str
    row: type[Any]
    rows: Callable[[Basis], Sequence[Any]]


FIGURES: dict[str, Figure] = {
    "lead-times": Figure(
        N_("Lead times"), N_("seconds"),
        N_("From the pull until the container is received, over the containers received: count, mean, median "
        "and the ninth of ten, by loop and by supplier. Shares: collecting (until its batch was complete), "
        "seeing (until the supplier saw it), making (until it was finished, or shipped where nobody marks "
        "the finish), transport (until it was received). The supplier's own share is seeing and making."),
        leadtimes.LeadTimeRow, leadtimes.lead_times,
    ),
    "rounds": Figure(
        N_("Rounds"), N_("seconds"),
        N_("Every container received, with the times of its way round and its shares of the lead time. "
        "A move that was taken back never counts."),
        leadtimes.RoundRow, leadtimes.round_rows,
    ),
    "stock-outs": Figure(
        N_("Stock-outs"), N_("hours"),
        N_("From when to when a consumer had no full container that it could use, by the event that took the "
        "last and the event that ended it. Hours are those inside the time looked at. Loops of one-time "
        "cards are left out."),
        stockouts.StockOutRow, stockouts.stock_outs,
    ),
    "stock-out-totals": Figure(
        N_("Stock-outs by loop"), N_("hours"),
        N_("How often and for how many hours each loop was out of stock, and since when it is now."),
        stockouts.StockOutTotalRow, stockouts.stock_out_totals,
    ),
    "turns": Figure(
        N_("Turns"), N_("turns per day"),
        N_("Containers emptied ÷ containers that the regular cards of the loop stand for, and the same per "
        "day."),
        turns.TurnsRow, turns.turns,
    ),
    "queue-age": Figure(
        N_("Queue age"), N_("seconds"),
        N_("How long the requests that a supplier has not shipped have been waiting now: the oldest and the "
        "mean."),
        queueage.QueueAgeRow, queueage.queue_age,
    ),
    "dwell": Figure(
        N_("Dwell"), N_("seconds"),
        N_("How long the cards of a loop stayed in each state: median, and the limit of what is usual. The "
        "limit is the 99th percentile, or the longest stay while there are fewer than a hundred."),
        dwell.DwellRow, dwell.dwell,
    ),
    "ghost-cards": Figure(
        N_("Ghost cards"), N_("seconds"),
        N_("The cards that have now stayed in their state longer than the limit of their own loop, the worst "
        "first, with where, when and by which event each was last seen. A state needs five stays before it "
        "has a limit."),
        dwell.GhostRow, dwell.ghost_cards,
    ),
    "on-time": Figure(
        N_("On time to promise"), N_("share"),
        N_("Promises kept ÷ promises kept or late, by supplier and loop. A promise is kept when the next "
        "container left the supplier by its time; one that was put off is held against its own time too. "
        "One that is open counts as late once its time has passed."),
        promises.OnTimeRow, promises.on_time,
    ),
    "promises": Figure(
        N_("Promises"), N_("seconds"),
        N_("Every promise with the container that left the supplier after it, and how late that was; below "
        "zero it was early."),
        promises.PromiseRow, promises.promises,
    ),
    "refusals": Figure(
        N_("Refusals, repeats, hasty pulls"), N_("signals"),
        N_("Signals refused, by reason; pulls repeated for what was asked for already; pulls too fast for "
        "the parts to have been used up. The reason `over_production` is making or shipping without a card "
        "that asks for it."),
        refusals.RefusalRow, refusals.refusals,
    ),
    "first-pass-yield": Figure(
        N_("First-pass yield"), N_("share"),
        N_("Containers that did not fail ÷ all containers, by the station that made them and item. A "
        "container counts where it was first finished, shipped, received or failed. A cleared fail is none."),
        firstpass.FirstPassRow, firstpass.first_pass,
    ),
    "pareto": Figure(
        N_("Defects and causes"), N_("calls"),
        N_("Which defects were told with quality fails and which causes when calls were solved, the most "
        "frequent first, with their share and the shares up to it. Calls taken back or rejected are left "
        "out."),
        pareto.ParetoRow, pareto.pareto,
    ),
    "fails": Figure(
        N_("Quality fails"), N_("calls"),
        N_("Quality fails by item, by the station that made it, by the one that found it, and by the shift "
        "that was there; the most frequent first, with their share and the shares up to it. Calls taken back "
        "or rejected are left out."),
        pareto.ParetoRow, fails.fails,
    ),
    "repeats": Figure(
        N_("Repeated calls"), N_("calls"),
        N_("Calls that came at least twice for the same at one station, and how many of them came after one "
        "had been solved. Calls taken back or rejected are left out."),
        repeats.RepeatRow, repeats.repeats,
    ),
    "targets": Figure(
        N_("Answers within target"), N_("seconds"),
        N_("How long calls waited until they were taken, until somebody arrived, and from the taking until "
        "they were solved, by kind; and how many of them within the time after which a call rises to the "
        "first level. In working time. Calls taken back or rejected are left out."),
        targets.TargetRow, targets.targets,
    ),
    "response-times": Figure(
        N_("Response times"), N_("seconds"),
        N_("From the raising of a call until it was taken, until somebody arrived, and until it was solved: "
        "count, mean, median and the ninth of ten, by station and kind of call; in working time where the "
        "plant has shifts. Calls taken back or rejected are counted as excluded and are in no mean."),
        responses.ResponseRow, responses.responses,
    ),
    "pace": Figure(
        N_("Pace"), N_("seconds per piece"),
        N_("Takt: the time from the end customer's first pull to the last ÷ the pieces pulled, by tier "
        "and loop; working time where the plant has shifts. Tier 0 pulls for the end customer, tier 1"
        " supplies it, and so on. The deviation compares with what the end customer's pulls need by "
        "the planned rates: 0 keeps the pace."),
        pace.PaceRow, pace.pace,
    ),
    "bullwhip": Figure(
        N_("Bullwhip index"), N_("ratio"),
        N_("By tier, (variance ÷ mean of its orders to the tier above) ÷ (variance ÷ mean of the end "
        "customer's pulls), over twenty equal parts of the time. Above 1 the orders swing more than the "
        "customer does. It needs twenty pulls of the end customer."),
        bullwhip.BullwhipRow, bullwhip.bullwhip,
    ),
    "walking": Figure(
        N_("Walking"), N_("metres"),
        N_("Containers received x the way from supplier to consumer and back, by loop and shift, the longest "
        "first. Ways are counted square to the floor map, as aisles run; what comes together on one cart "
        "counts as often as it has containers. Without places and scale on the map there are trips and no "
        "metres. Suppliers outside the plant are left out."),
        walking.WalkingRow, walking.walking,
    ),
    "balance": Figure(
        N_("Balance sheet"), N_("cards"),
        N_("The cards of each loop now, by state and standing, against what the loop defines. Temporary "
        "cards are counted apart."),
        sheet.SheetRow, sheet.sheets,
    ),
}  # fmt: skip
