"""The value-stream map as plain values: what is written in each symbol, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.domain.plant import KanbanLoop, LoopKind, Plant
from kanban_hub.domain.valuestream.stream import Demand, Process, Stream, Stretch, Time
from kanban_hub.language import _, ngettext
from kanban_hub.presence import Heard
from kanban_hub.web import words
from kanban_hub.web.floormap.text import lines
from kanban_hub.web.numerals import numeral, percent
from kanban_hub.web.valuestream.plan import BOX_WIDE, LANE_WIDE, Lane, Plan, Spot, Step, plan

NAME_SIZE, ITEM_SIZE = 19.0, 16.0
NONE = "\N{EN DASH}"


@dataclass(frozen=True)
class Fact:
    """`href` leads to the figure or the events behind it."""

    title: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class ProcessPicture:
    id: str
    name: str
    lines: tuple[str, ...]
    spot: Spot
    is_external: bool
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class StretchPicture:
    """`card` is the look of its kanban: `production`, `withdrawal` or `signal`; `card_word` says it."""

    id: str
    name: str
    line: str
    supplier: str
    consumer: str
    lane: Lane
    stock: str
    pieces: str
    lasts: str
    is_out: bool
    asked: str
    coming: str
    card: str
    card_word: str
    lead: str
    is_planned: bool
    processing: str


@dataclass(frozen=True)
class StepPicture:
    step: Step
    loop: str
    up: str
    is_planned: bool
    down: str


@dataclass(frozen=True)
class CustomerPicture:
    """The end customer beside the last station of a chain."""

    spot: Spot
    box: Spot
    lines: tuple[str, ...]


@dataclass(frozen=True)
class StreamPicture:
    plan: Plan
    processes: tuple[ProcessPicture, ...]
    stretches: tuple[StretchPicture, ...]
    steps: tuple[StepPicture, ...]
    customers: tuple[CustomerPicture, ...]
    facts: tuple[Fact, ...]


def paint(plant: Plant, stream: Stream, heard: Mapping[str, Heard], now_s: float) -> StreamPicture:
    ways = [(one.loop.id, one.loop.supplier, one.loop.consumer) for one in stream.stretches]
    laid = plan([one.station.id for one in stream.processes], ways, stream.path)
    stretches = {one.loop.id: one for one in stream.stretches}
    return StreamPicture(
        laid,
        tuple(_process(one, laid, heard, now_s) for one in stream.processes),
        tuple(_stretch(plant, one, laid.lanes[one.loop.id]) for one in stream.stretches),
        tuple(_step(step, stretches[step.loop]) for step in laid.steps),
        tuple(
            CustomerPicture(laid.customers[one.station], laid.boxes[one.station], _taken(one))
            for one in stream.demands
            if one.station in laid.customers
        ),
        _totals(stream),
    )


def seconds(value: float) -> str:
    """As exact as such a time can be told: tenths where there are few seconds."""
    few = 10
    if value < few:
        return _("%(count)s s") % {"count": numeral(value)}
    return words.measured(value)


def _process(one: Process, laid: Plan, heard: Mapping[str, Heard], now_s: float) -> ProcessPicture:
    """The last station of a chain makes nothing that a loop could measure."""
    station, known = one.station, heard.get(one.station.id)
    facts: list[Fact] = []
    if not station.external and station.id not in laid.customers:
        facts += [_cycle(one), _takt(one), _yield(one)]
    if known is not None and (not station.external or known.has_spoken):
        facts.append(_presence(station.id, known, now_s))
    name = lines(station.name, NAME_SIZE * 1.06, BOX_WIDE - 20, 2)
    spot = laid.boxes[station.id]
    return ProcessPicture(station.id, station.name, name, spot, station.external, tuple(facts))


def _cycle(one: Process) -> Fact:
    text = _("not marked") if one.cycle_s is None else _a_piece(one.cycle_s)
    return Fact(_("Cycle"), text, "/reports/dwell")


def _takt(one: Process) -> Fact:
    text = _("no pulls") if one.takt_s is None else _a_piece(one.takt_s)
    return Fact(_("Takt"), text, "/reports/pace")


def _yield(one: Process) -> Fact:
    text = NONE if one.first_pass is None else percent(one.first_pass)
    return Fact(_("First pass"), text, "/reports/first-pass-yield")


def _presence(station: str, heard: Heard, now_s: float) -> Fact:
    """How long the station has been running, while it is heard."""
    text = _("not heard yet") if not heard.has_spoken else _("silent")
    if heard.is_online(now_s):
        beat, age_s = heard.heartbeat, heard.age_s(now_s) or 0.0
        text = words.duration((beat.uptime_s + age_s) / 60) if beat is not None else _("online")
    return Fact(_("Runs for"), text, f"/stations/{station}")


def _a_piece(value: float) -> str:
    return _("%(time)s a piece") % {"time": seconds(value)}


def _stretch(plant: Plant, one: Stretch, lane: Lane) -> StretchPicture:
    loop = one.loop
    card, card_word = _card(loop)
    name = plant.item_name(loop)
    coming = [(one.made, _("%(count)s made")), (one.on_way, _("%(count)s on the way"))]
    pieces = ngettext("%(count)s piece", "%(count)s pieces", one.pieces) % {"count": one.pieces}
    return StretchPicture(
        id=loop.id,
        name=name,
        line=lines(name, ITEM_SIZE * 1.06, LANE_WIDE - 24, 1)[0],
        supplier=plant.stations[loop.supplier].name,
        consumer=plant.stations[loop.consumer].name,
        lane=lane,
        stock=_("%(full)s of %(all)s full") % {"full": one.full, "all": max(one.cards, one.full)},
        pieces=pieces,
        lasts=_("lasts %(time)s") % {"time": words.duration(one.minutes)} if one.full else _("none left"),
        is_out=one.cards > 0 and not one.full,
        asked=_("%(count)s of %(all)s") % {"count": one.asked + one.collecting, "all": one.cards},
        coming=", ".join(text % {"count": count} for count, text in coming if count),
        card=card,
        card_word=card_word,
        lead=_time(one.lead),
        is_planned=not one.lead.is_measured,
        processing=seconds(one.processing.seconds) if one.processing else "",
    )


def _card(loop: KanbanLoop) -> tuple[str, str]:
    if loop.kind is LoopKind.SIGNAL:
        return "signal", _("signal kanban")
    if loop.pulls is not None:
        return "withdrawal", _("withdrawal kanban")
    return "production", _("production kanban")


def _step(step: Step, stretch: Stretch) -> StepPicture:
    down = seconds(stretch.processing.seconds) if stretch.processing else _("not marked")
    return StepPicture(step, stretch.loop.id, _time(stretch.lead), not stretch.lead.is_measured, down)


def _time(time: Time) -> str:
    text = seconds(time.seconds)
    return text if time.is_measured else _("%(time)s planned") % {"time": text}


def _taken(demand: Demand) -> tuple[str, ...]:
    rate = _("%(count)s pieces/h") % {"count": numeral(demand.per_hour, 0)}
    return (rate,) if demand.takt_s is None else (rate, _("Takt %(time)s") % {"time": seconds(demand.takt_s)})


def _totals(stream: Stream) -> tuple[Fact, ...]:
    """What the ladder adds up to."""
    worked, share = stream.processing_s, stream.flow_share
    lead = seconds(stream.lead_s)
    if not all(one.lead.is_measured for one in stream.on_path):
        lead = _("%(time)s, partly planned") % {"time": lead}
    working = seconds(worked) if worked is not None else _("not marked")
    return (
        Fact(_("Lead time"), lead, "/reports/lead-times"),
        Fact(_("Somebody works on it"), working, "/reports/dwell"),
        Fact(_("Share of the time"), percent(share) if share is not None else NONE, "/reports/dwell"),
        Fact(_("The customer takes"), " · ".join(_taken(stream.demand)), "/reports/pace"),
    )
