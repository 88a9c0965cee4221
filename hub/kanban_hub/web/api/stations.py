"""Stations: who was heard when, what is waiting there, and whether the lamps show what they should."""

from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.plant import Station as DomainStation
from kanban_hub.ports import View, WantedLamps
from kanban_hub.presence import Heard
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.lamps import are_confirmed, by_place
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.messages import LampPattern, ShownLamps
from kanban_protocol.signals import Clock


class StationOutbox(Struct, frozen=True, kw_only=True):
    """Signals that the station keeps and the hub has not receipted, by its last heartbeat."""

    depth: int
    oldest_s: float


class WantedLampState(Struct, frozen=True, kw_only=True):
    """What the lamps should show: by slot number, and `red`, `amber`, `green` of the stack light."""

    revision: int
    as_of: Instant
    lamps: dict[str, LampPattern]
    display: dict[str, str]
    because: Annotated[list[str], Meta(description="The signals behind it, newest first.")]


class ShownLampState(Struct, frozen=True, kw_only=True):
    """What the lamps really show, as the station says."""

    epoch: str | None
    revision: int | None
    lamps: dict[str, LampPattern]


class Station(Struct, frozen=True, kw_only=True):
    """A place in the plant. What was never heard is null."""

    id: str
    name: str
    external: Annotated[bool, Meta(description="A supplier outside the plant.")]
    position: tuple[float, float] | None
    online: bool
    last_heard_at: Instant | None
    age_s: Annotated[float, Meta(description="How long ago that was.")] | None
    outbox: StationOutbox | None
    clock: Annotated[Clock, Meta(description="How good its wall clock is.")] | None
    firmware: str | None
    lamps_wanted: WantedLampState | None
    lamps_shown: ShownLampState | None
    lamps_confirmed: bool
    not_taken: Annotated[dict[str, int], Meta(description="What was not taken from it, by reason.")]


LISTING = Listing[Station]("stations", str, lambda station: station.id)


@operation("GET /api/v1/stations")
def stations(parts: WebParts, query: PageQuery) -> Page[Station]:
    """All stations of the plant."""
    with parts.floor() as (floor, _):
        known = list(floor.plant.stations.values())
    with parts.store.view() as view:
        teller = Teller(parts, view)
        return LISTING.page([teller.station(station) for station in known], query)


@operation("GET /api/v1/stations/{station}", errors=(404,))
def station(parts: WebParts, station: str) -> Station:
    """One station."""
    with parts.floor() as (floor, _):
        known = floor.plant.stations.get(station)
    if known is None:
        raise not_found(f"no station {station[:80]!r}")
    with parts.store.view() as view:
        return Teller(parts, view).station(known)


class Teller:
    """Tells of stations at one moment: what the store wants of them and what they last said."""

    def __init__(self, parts: WebParts, view: View) -> None:
        self._presence = parts.presence
        self._now_s, self._now_ms = parts.presence.now_s(), parts.clock.now_ms()
        self._epoch, self._lamps = view.epoch(), view.lamps()

    def station(self, station: DomainStation) -> Station:
        heard = self._presence.of(station.id)
        wanted = self._lamps.get(station.id)
        age_s = heard.age_s(self._now_s)
        status = heard.status
        return Station(
            id=station.id,
            name=station.name,
            external=station.external,
            position=station.position,
            online=heard.is_online(self._now_s),
            last_heard_at=None if age_s is None else instant(self._now_ms - int(age_s * 1000)),
            age_s=age_s,
            outbox=_outbox(heard),
            clock=heard.heartbeat.clock if heard.heartbeat else None,
            firmware=status.firmware if status else None,
            lamps_wanted=_wanted(wanted),
            lamps_shown=_shown(heard.shown),
            lamps_confirmed=are_confirmed(wanted, heard.shown, self._epoch),
            not_taken=dict(sorted(heard.counts.items())),
        )


def _outbox(heard: Heard) -> StationOutbox | None:
    said = heard.heartbeat
    return StationOutbox(depth=said.outbox, oldest_s=said.oldest_s) if said else None


def _wanted(wanted: WantedLamps | None) -> WantedLampState | None:
    if wanted is None:
        return None
    return WantedLampState(
        revision=wanted.revision,
        as_of=instant(wanted.as_of_ms),
        lamps={place: LampPattern(pattern) for place, pattern in by_place(wanted.lamps).items()},
        display={str(slot): text for slot, text in wanted.lamps.display},
        because=list(wanted.because),
    )


def _shown(shown: ShownLamps | None) -> ShownLampState | None:
    if shown is None:
        return None
    return ShownLampState(epoch=shown.epoch, revision=shown.revision, lamps=shown.lamps)
