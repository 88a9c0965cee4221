"""The value stream of a plant, or of what one loop at its end needs: stock, times and pace of every step.

Symbols and figures after Rother and Shook, "Learning to See", 1998; all of them by the plant's own events.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.dwell import dwell
from kanban_hub.domain.evidence.firstpass import first_pass
from kanban_hub.domain.evidence.leadtimes import lead_times
from kanban_hub.domain.evidence.pace import PaceRow, pace
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import OPEN, Standing, State
from kanban_hub.domain.plant import KanbanLoop, Station
from kanban_hub.domain.stock import Rate, full_containers, rate, stock_pieces
from kanban_hub.domain.valuestream.path import longest, upstream


@dataclass(frozen=True)
class Time:
    """The median in seconds over `count` containers; none measured (`count` 0) it is the planned one."""

    seconds: float
    count: int

    @property
    def is_measured(self) -> bool:
        return self.count > 0


@dataclass(frozen=True)
class Stretch:
    """What lies between the supplier and the consumer of a loop, by its active cards.

    `pieces` stand full at the consumer and last `minutes`. `asked` are the cards that the supplier has to
    serve, `made` of them done and waiting; `lead` is from the request until the container is received,
    `processing` how long it is in process: `None` where nobody marks that or none was yet.
    """

    loop: KanbanLoop
    full: int
    pieces: int
    minutes: float
    rate: Rate
    cards: int
    collecting: int
    asked: int
    made: int
    on_way: int
    lead: Time
    processing: Time | None


@dataclass(frozen=True)
class Process:
    """One station. `cycle_s` and `takt_s` are seconds a piece: what it needs, and what is taken from it."""

    station: Station
    cycle_s: float | None
    takt_s: float | None
    containers: int
    failed: int

    @property
    def first_pass(self) -> float | None:
        """The share of containers that did not fail."""
        return 1 - self.failed / self.containers if self.containers else None


@dataclass(frozen=True)
class Demand:
    """What the end customer takes at `station`: pieces an hour, and the seconds a piece in which he does."""

    station: str
    per_hour: float
    takt_s: float | None


@dataclass(frozen=True)
class Stream:
    """`path` are the loops of the longest way by lead time, from the first supplier to the end customer.

    `demands` are what is taken at each end of the chain, `demand` all of it together.
    """

    processes: tuple[Process, ...]
    stretches: tuple[Stretch, ...]
    path: tuple[str, ...]
    demands: tuple[Demand, ...]
    demand: Demand

    @property
    def on_path(self) -> list[Stretch]:
        known = {stretch.loop.id: stretch for stretch in self.stretches}
        return [known[loop] for loop in self.path]

    @property
    def lead_s(self) -> float:
        """Along the longest way."""
        return sum(stretch.lead.seconds for stretch in self.on_path)

    @property
    def processing_s(self) -> float | None:
        """Along the same way; `None` while no step of it marks when it works."""
        known = [stretch.processing.seconds for stretch in self.on_path if stretch.processing]
        return sum(known) if known else None

    @property
    def flow_share(self) -> float | None:
        """The share of the lead time in which somebody works on the container."""
        return None if self.processing_s is None or not self.lead_s else self.processing_s / self.lead_s


def value_stream(basis: Basis, end: str | None = None) -> Stream:
    """The whole plant, or only what `end`, a loop of it, needs."""
    plant = basis.floor.plant
    loops = upstream(plant, end) if end is not None else list(plant.loops.values())
    paces = {row.loop: row for row in pace(basis)}
    stretches = _stretches(basis, loops)
    leads = {stretch.loop.id: stretch.lead.seconds for stretch in stretches}
    ends = [loop for loop in loops if loop.consumer not in {other.supplier for other in loops}]
    stations = dict.fromkeys(station for loop in loops for station in (loop.supplier, loop.consumer))
    kept = [station for station in plant.stations.values() if end is None or station.id in stations]
    return Stream(
        tuple(_process(basis, station, stretches, paces) for station in kept),
        tuple(stretches),
        tuple(longest(loops, leads)),
        tuple(
            _demand(basis.floor, station, [loop for loop in ends if loop.consumer == station], paces)
            for station in dict.fromkeys(loop.consumer for loop in ends)
        ),
        _demand(basis.floor, "", ends, paces),
    )


def _demand(
    floor: Floor, station: str, loops: Collection[KanbanLoop], paces: dict[str | None, PaceRow]
) -> Demand:
    per_hour = sum(rate(floor, loop).per_hour for loop in loops)
    return Demand(station, per_hour, _takt_s([paces[loop.id] for loop in loops if loop.id in paces]))


def _stretches(basis: Basis, loops: Collection[KanbanLoop]) -> list[Stretch]:
    leads = {row.loop: row for row in lead_times(basis) if row.loop and row.share == "lead"}
    works = {row.loop: row for row in dwell(basis) if row.state is State.IN_PROCESS}
    found = []
    for loop in loops:
        lead, work = leads.get(loop.id), works.get(loop.id)
        measured = Time(lead.median_s, lead.count) if lead and lead.median_s is not None else None
        processing = Time(work.median_s, work.count) if work else None
        found.append(_stretch(basis.floor, loop, measured or Time(loop.lead_time_s, 0), processing))
    return found


def _stretch(floor: Floor, loop: KanbanLoop, lead: Time, processing: Time | None) -> Stretch:
    states = [card.state for card in floor.cards_of(loop.id) if card.standing is Standing.ACTIVE]
    pieces, consumption = stock_pieces(floor, loop), rate(floor, loop)
    return Stretch(
        loop=loop,
        full=full_containers(floor, loop),
        pieces=pieces,
        minutes=pieces / consumption.per_hour * 60,
        rate=consumption,
        cards=len(floor.cards_of(loop.id)),
        collecting=states.count(State.COLLECTING),
        asked=sum(state in OPEN for state in states),
        made=states.count(State.DONE),
        on_way=states.count(State.IN_TRANSIT),
        lead=lead,
        processing=processing,
    )


def _process(
    basis: Basis, station: Station, stretches: Collection[Stretch], paces: dict[str | None, PaceRow]
) -> Process:
    made = [stretch for stretch in stretches if stretch.loop.supplier == station.id]
    worked = [(s.processing, s.loop.lot_quantity) for s in made if s.processing is not None]
    count = sum(time.count for time, _ in worked)
    passed = [row for row in first_pass(basis) if row.station == station.id]
    return Process(
        station,
        sum(time.seconds / pieces * time.count for time, pieces in worked) / count if count else None,
        _takt_s([paces[stretch.loop.id] for stretch in made if stretch.loop.id in paces]),
        sum(row.containers for row in passed),
        sum(row.failed for row in passed),
    )


def _takt_s(paces: Collection[PaceRow]) -> float | None:
    """Seconds a piece over several loops together."""
    pieces = sum(row.pieces for row in paces)
    spans_s = [row.span_s if row.working_s is None else row.working_s for row in paces]
    return max(spans_s) / pieces if pieces else None
