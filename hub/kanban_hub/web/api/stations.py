"""Stations: who was heard when, what is waiting there, and whether the lamps show what they should."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct

from kanban_hub import displaytext
from kanban_hub.domain.plant import Station as DomainStation
from kanban_hub.lamptruth import are_confirmed, by_place
from kanban_hub.ports import View, WantedLamps
from kanban_hub.presence import Heard, Panel
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.paging import Listing, Page, PageQuery
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import not_found
from kanban_protocol.messages import LampPattern, ShownLamps, UpdateFault, UpdateReport, UpdateStep
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


class StationPanel(Struct, frozen=True, kw_only=True):
    """A software station: a browser, by the epoch of its outbox. `place` is where the bearer of a link is."""

    epoch: str
    online: bool
    last_heard_at: Instant
    outbox: StationOutbox
    clock: Clock
    version: Annotated[str, Meta(description="Of the page that it shows.")]
    place: str | None
    lamps_shown: ShownLampState


class StationUpdate(Struct, frozen=True):
    """What has become of the newest order to run a release; null when that release runs for good."""

    release: int
    step: UpdateStep
    fault: UpdateFault | None


class Station(Struct, frozen=True, kw_only=True):
    """A place in the plant. What was never heard is null.

    `online` to `lamps_confirmed` tell of its hardware, where it has some, and otherwise of the panel that was
    heard last. `outbox` is of hardware and panels together.
    """

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
    release: Annotated[int, Meta(description="The release that it runs, if it was installed by one.")] | None
    update: StationUpdate | None
    lamps_wanted: WantedLampState | None
    lamps_shown: ShownLampState | None
    lamps_confirmed: bool
    lamps_stuck: Annotated[dict[str, LampPattern], Meta(description="Lamps that do not follow.")]
    retreat: Annotated[
        int, Meta(description="What it leaves off: 0 nothing, 1 scanners, 2 all but buttons, 3 all.")
    ]
    panels: list[StationPanel]
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
        self._places = {link.id: link.place for link in view.station_links()}

    def station(self, station: DomainStation) -> Station:
        heard = self._presence.of(station.id)
        wanted = self._lamps.get(station.id)
        age_s = heard.age_s(self._now_s)
        beat = heard.heartbeat or (heard.panels[0].heartbeat if heard.panels and not heard.has_box else None)
        return Station(
            id=station.id,
            name=station.name,
            external=station.external,
            position=station.position,
            online=heard.is_online(self._now_s),
            last_heard_at=None if age_s is None else self._ago(age_s),
            age_s=age_s,
            outbox=_outbox(heard),
            clock=beat.clock if beat else None,
            firmware=heard.status.firmware if heard.status else None,
            release=beat.release if beat and beat.release is not UNSET else None,
            update=_update(beat.update) if beat and beat.update is not UNSET else None,
            lamps_wanted=_wanted(wanted),
            lamps_shown=_shown(heard.lamps) if heard.lamps else None,
            lamps_confirmed=are_confirmed(wanted, heard.lamps, self._epoch),
            lamps_stuck=(beat.stuck_lamps or {}) if beat else {},
            retreat=(beat.retreat or 0) if beat else 0,
            panels=[self._panel(panel) for panel in heard.panels],
            not_taken=dict(sorted(heard.counts.items())),
        )

    def _panel(self, panel: Panel) -> StationPanel:
        beat = panel.heartbeat
        return StationPanel(
            epoch=panel.epoch,
            online=panel.is_online(self._now_s),
            last_heard_at=self._ago(self._now_s - panel.heard_s),
            outbox=StationOutbox(depth=beat.outbox, oldest_s=beat.oldest_s),
            clock=beat.clock,
            version=panel.version,
            place=self._places.get(panel.link or ""),
            lamps_shown=_shown(panel.shown),
        )

    def _ago(self, age_s: float) -> Instant:
        return instant(self._now_ms - int(age_s * 1000))


def _update(report: UpdateReport) -> StationUpdate:
    return StationUpdate(report.release, report.step, report.fault)


def _outbox(heard: Heard) -> StationOutbox | None:
    if heard.heartbeat is None and not heard.panels:
        return None
    depth, oldest_s = heard.kept
    return StationOutbox(depth=depth, oldest_s=oldest_s)


def _wanted(wanted: WantedLamps | None) -> WantedLampState | None:
    if wanted is None:
        return None
    return WantedLampState(
        revision=wanted.revision,
        as_of=instant(wanted.as_of_ms),
        lamps={place: LampPattern(pattern) for place, pattern in by_place(wanted.lamps).items()},
        display={str(slot): text for slot, text in displaytext.texts(wanted.lamps).items()},
        because=list(wanted.because),
    )


def _shown(shown: ShownLamps) -> ShownLampState:
    return ShownLampState(epoch=shown.epoch, revision=shown.revision, lamps=shown.lamps)
