"""A software station: what its page asks of the hub, and what it tells of itself."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.reasons import ReasonKind
from kanban_hub.outlet import assignment_of, lamp_state
from kanban_hub.ports import View
from kanban_hub.presence import Panel
from kanban_hub.web.assets import version
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.panel.picture import Call, Made, Needed, calls_at, made_at, needed_at
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, ProblemError, faulty, not_found, problem
from kanban_protocol.ids import EPOCH_PATTERN, Epoch
from kanban_protocol.messages import Assignment, Command, LampState, ShownLamps, StationHeartbeat

VersionText = Annotated[str, Meta(max_length=32, pattern=r"^[0-9a-zA-Z.-]*$")]


class Reason(Struct, frozen=True, kw_only=True):
    """What a signal carries, and how people read it."""

    id: str
    name: str


class Reasons(Struct, frozen=True, kw_only=True):
    """What may be chosen instead of typed, by what it is given for."""

    defect: list[Reason]
    cannot: list[Reason]
    help: list[Reason]


class CommandHeard(Struct, frozen=True, kw_only=True):
    command: Command
    age_s: float


class PanelState(Struct, frozen=True, kw_only=True):
    """All that a station is told on MQTT, and what a page shows besides.

    `commit_age_s` is the time since the hub was last able to commit; old, the hub counts as not heard.
    """

    station: str
    name: str
    version: Annotated[
        str, Meta(description="Of the hub's pages: with another one a page loads itself anew.")
    ]
    epoch: Annotated[Epoch, Meta(description="The hub's own, as in `hub/status`.")]
    commit_age_s: float
    now: Instant
    taken: Annotated[int, Meta(description="How far the hub has the outbox asked for, without a gap.")]
    assignment: Assignment
    lamps: LampState | None
    needs: list[Needed]
    makes: list[Made]
    calls: list[Call]
    reasons: Reasons
    command: CommandHeard | None
    may_signal: Annotated[bool, Meta(description="Whether the caller may press and scan here.")]
    form: (
        Annotated[str, Meta(description="What `X-Kanban-Form` has to bear where a cookie says who asks.")]
        | None
    )


class PanelQuery(Struct, frozen=True, kw_only=True):
    outbox: Annotated[Epoch, Meta(description="The epoch of the asking outbox.")] | UnsetType = UNSET
    language: Annotated[str, Meta(max_length=8, description="Of the words in it.")] | UnsetType = UNSET


class PanelBeat(Struct, frozen=True, kw_only=True):
    """How a panel is, in the words of the contract, every 10 s. `version` is that of its page."""

    heartbeat: StationHeartbeat
    shown: ShownLamps
    version: VersionText = ""


class PanelHeard(Struct, frozen=True, kw_only=True):
    """The answer to a beat."""

    station: str
    commit_age_s: float


@operation("GET /api/v1/stations/{station}/panel", errors=(404,))
def panel_state(parts: WebParts, station: str, query: PanelQuery) -> PanelState:
    """What a software station shows now. Ages are words, in the reader's language or the one asked for."""
    now_ms = parts.clock.now_ms()
    with parts.store.view() as view, parts.floor() as (floor, _):
        known = _known(floor, station)
        given = parts.commands.latest(station)
        return PanelState(
            station=station,
            name=known,
            version=version(),
            epoch=view.epoch(),
            commit_age_s=parts.hub().commit_age_s,
            now=instant(now_ms),
            taken=view.contiguous().get((station, query.outbox), 0) if query.outbox is not UNSET else 0,
            assignment=assignment_of(floor, station),
            lamps=_wanted(view, station),
            needs=needed_at(floor, station),
            makes=made_at(floor, station, now_ms),
            calls=calls_at(floor, station, now_ms),
            reasons=_reasons(floor),
            command=CommandHeard(command=given[0], age_s=given[1]) if given is not None else None,
            may_signal=parts.caller.may_signal(station),
            form=parts.caller.form,
        )


@operation("POST /api/v1/stations/{station}/panels/{epoch}", errors=(404,), gives=(Errand.SIGNAL,))
def hear_panel(parts: WebParts, station: str, epoch: str, body: PanelBeat) -> PanelHeard:
    """Tell that the panel with this outbox is there. It speaks for itself, never for hardware."""
    if not parts.caller.may_signal(station):
        raise ProblemError(problem(403, "this browser may signal for another station only"))
    with parts.floor() as (floor, _):
        _known(floor, station)
    try:
        msgspec.convert(epoch, Epoch)
    except msgspec.ValidationError:
        raise faulty([Fault("path.epoch", f"has to match {EPOCH_PATTERN}")]) from None
    panel = Panel(epoch, 0.0, body.heartbeat, body.shown, body.version, parts.caller.link)
    parts.presence.hear_panel(station, panel)
    return PanelHeard(station=station, commit_age_s=parts.hub().commit_age_s)


def _known(floor: Floor, station: str) -> str:
    """The name of a station of the plant. Raises a 404."""
    known = floor.plant.stations.get(station)
    if known is None:
        raise not_found(f"no station {station[:80]!r}")
    return known.name


def _wanted(view: View, station: str) -> LampState | None:
    wanted = view.lamps().get(station)
    return lamp_state(view.epoch(), wanted) if wanted is not None else None


def _reasons(floor: Floor) -> Reasons:
    def of(kind: ReasonKind) -> list[Reason]:
        return [Reason(id=one.id, name=one.name) for one in floor.plant.reasons_for(kind)]

    return Reasons(defect=of(ReasonKind.DEFECT), cannot=of(ReasonKind.CANNOT), help=of(ReasonKind.HELP))
