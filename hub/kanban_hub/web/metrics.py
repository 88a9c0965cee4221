"""Figures for Prometheus, read when they are asked for: nothing is counted twice, nothing grows."""

from collections.abc import Iterator, Mapping

from flask import Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from kanban_hub.domain import balance
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import Station
from kanban_hub.domain.stock import full_containers
from kanban_hub.errors import NotLoadedError
from kanban_hub.presence import Presence
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.signs import signs

_MEDIA_TYPE = "text/plain"


@operation("GET /metrics", media_type=_MEDIA_TYPE, made=str)
def metrics(parts: WebParts) -> Response:
    """The hub's figures in Prometheus' text format."""
    registry = CollectorRegistry()  # of its own: the library's global one is shared by whole programs
    registry.register(_Collector(parts))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Collector(Collector):
    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        yield from _hub(self._parts)
        with self._parts.store.view() as view:
            counts = view.counts()
        with self._parts.store.notices(writes=False) as queue:
            yield _gauge("kanban_notices", "Notices kept.", "state", queue.counts())
        turned_away = self._parts.turned_away.counts()
        yield _counter("kanban_supplier_turned_away", "Visits to suppliers' pages.", "reason", turned_away)
        for name, by_reason in counts.items():
            yield _counter(f"kanban_{name}", f"Signals {name.replace('_', ' ')}.", "reason", by_reason)
        try:
            with self._parts.floor() as (floor, _):
                found = [*_floor(floor), *_stations(self._parts.presence, list(floor.plant.stations))]
                found += _lamps(self._parts, list(floor.plant.stations.values()))
        except NotLoadedError:
            found = []
        yield from found

    def describe(self) -> list[Metric]:
        return []


def _hub(parts: WebParts) -> Iterator[Metric]:
    hub = parts.hub()
    yield GaugeMetricFamily("kanban_link_connected", "1 with a link to the broker.", hub.is_connected)
    yield GaugeMetricFamily("kanban_commit_age_seconds", "Since the last commit.", hub.commit_age_s)
    yield GaugeMetricFamily("kanban_inbox_depth", "Messages that wait for the writer.", hub.queue_depth)
    yield CounterMetricFamily("kanban_inbox_dropped", "Dropped by a full queue; sent again.", hub.dropped)
    yield GaugeMetricFamily("kanban_hub_started_seconds", "Unix time of the start.", hub.started_ms / 1000)
    yield _counter("kanban_notices_tried", "Attempts to send a notice.", "outcome", hub.notices)
    yield GaugeMetricFamily("kanban_streams", "Open streams of hints.", parts.seats.taken)


def _floor(floor: Floor) -> Iterator[Metric]:
    cards = GaugeMetricFamily("kanban_cards", "Cards by loop and state.", labels=["loop", "state"])
    full = GaugeMetricFamily("kanban_full_containers", "Usable full containers.", labels=["loop"])
    for loop in floor.plant.loops.values():
        states = [card.state for card in floor.cards_of(loop.id)]
        for state in State:
            cards.add_metric([loop.id, state.value], states.count(state))
        full.add_metric([loop.id], full_containers(floor, loop))
    even = {sheet.loop: int(sheet.is_even) for sheet in balance.balance(floor)}
    kinds = [call.kind.value for call in floor.open_calls()]
    yield cards
    yield full
    yield _gauge("kanban_balance_even", "1 when no card is missing or too many.", "loop", even)
    yield _gauge("kanban_open_calls", "Open calls.", "kind", {kind: kinds.count(kind) for kind in kinds})


def _stations(presence: Presence, stations: list[str]) -> Iterator[Metric]:
    now_s = presence.now_s()
    heard = {station: presence.of(station) for station in stations}
    online = {station: int(one.is_online(now_s)) for station, one in heard.items()}
    kept = {station: one.kept for station, one in heard.items() if one.has_spoken}
    outbox = {station: count for station, (count, _) in kept.items()}
    oldest = {station: oldest_s for station, (_, oldest_s) in kept.items()}
    not_taken = CounterMetricFamily("kanban_not_taken", "Not taken.", labels=["station", "reason"])
    for station, one in heard.items():
        for reason, count in one.counts.items():
            not_taken.add_metric([station, reason], count)
    yield _gauge("kanban_station_online", "1 when heard of late.", "station", online)
    yield _gauge("kanban_station_outbox", "Signals that the station keeps.", "station", outbox)
    yield _gauge("kanban_station_outbox_oldest_seconds", "Age of the oldest.", "station", oldest)
    yield not_taken


def _lamps(parts: WebParts, stations: list[Station]) -> Iterator[Metric]:
    with parts.store.view() as view:
        differing = {sign.id: int(sign.is_differing) for sign in signs(parts, view, stations)}
    beats = {one.id: parts.presence.of(one.id).heartbeat for one in stations}
    told = {station: beat for station, beat in beats.items() if beat is not None}
    stuck = {station: len(beat.stuck_lamps or ()) for station, beat in told.items()}
    retreat = {station: beat.retreat or 0 for station, beat in told.items()}
    yield _gauge("kanban_station_lamps_differ", "1 when not as wanted for 15 s.", "station", differing)
    yield _gauge("kanban_station_lamps_stuck", "Lamps that do not follow.", "station", stuck)
    yield _gauge("kanban_station_retreat", "0 when everything runs, up to 3.", "station", retreat)


def _gauge(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _counter(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = CounterMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
