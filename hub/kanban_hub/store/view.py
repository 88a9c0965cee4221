"""Reading: every query of the hub stands here."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, and_, func, or_, select, tuple_

from kanban_hub.domain.andon import OPEN_STATES, UNFINISHED_STATES, AndonCall
from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.card import Card
from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.events import CallRaised, CardMoved
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.lamps import Lamps
from kanban_hub.domain.line import Line
from kanban_hub.domain.plant import (
    SOURCE_LANGUAGE,
    STOP_WITHIN_MOST_S,
    Item,
    KanbanLoop,
    Plant,
    Slot,
    Station,
)
from kanban_hub.domain.reasons import PlantReason
from kanban_hub.domain.records.record import Record
from kanban_hub.errors import NotLoadedError
from kanban_hub.photo import Photo
from kanban_hub.plantchange import PlantChange
from kanban_hub.ports import (
    EventFilter,
    Key,
    RecordedEvent,
    ScreenLink,
    SetAside,
    StationLink,
    SupplierLink,
    TakenSignal,
    WantedLamps,
)
from kanban_hub.store import plantchanges, schema
from kanban_hub.store.rows import call_of, card_of, event_of, record_of

# How many of the latest events the floor looks back over for rates, windows and undos.
LOOK_BACK = 3_000
KEEP_RECORDS_MS = 90 * 86_400_000
# By which events are found, as the filter names them too.
EVENT_COLUMNS = ("loop", "card", "station", "kind", "call")


class DatabaseView:
    """A `View` on one connection. The connection's transaction makes it consistent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def epoch(self) -> str:
        return self._meta("epoch")

    def revision(self) -> int:
        return int(self._meta("revision"))

    def plant_revision(self) -> int:
        return int(self._meta("plant_revision"))

    def plant(self) -> Plant | None:
        site = self._rows(select(schema.meta).where(schema.meta.c.name == "site"))
        if not site:
            return None
        loops = [row["definition"] for row in self._ranked(schema.loops)]
        stations = [row["definition"] for row in self._ranked(schema.stations)]
        return Plant(
            site[0]["value"],
            [msgspec.json.decode(definition, type=Station) for definition in stations],
            [Item(row["id"], row["name"]) for row in self._ranked(schema.items)],
            [msgspec.json.decode(definition, type=KanbanLoop) for definition in loops],
            [Slot(**row) for row in self._rows(select(schema.slots).order_by("station", "slot"))],
            calendar=msgspec.json.decode(self._meta("calendar"), type=Calendar),
            escalation=msgspec.json.decode(self._meta("escalation"), type=list[EscalationRule]),
            lines=msgspec.json.decode(self._meta("lines", "[]"), type=list[Line]),
            reasons=msgspec.json.decode(self._meta("reasons", "[]"), type=list[PlantReason]),
            floor_map=msgspec.json.decode(self._meta("floor_map", "{}"), type=FloorMap),
            language=self._meta("language", SOURCE_LANGUAGE),
        )

    def plant_changes(self, limit: int, before: int | None = None) -> list[PlantChange]:
        return plantchanges.newest(self._connection, limit, before)

    def plant_change(self, number: int) -> PlantChange | None:
        return plantchanges.find(self._connection, number)

    def floor(self) -> Floor:
        plant = self.plant()
        if plant is None:
            raise NotLoadedError
        floor = Floor(plant, self.cards(), self._lasting_calls(), self.records())
        for recorded in self._latest_events():
            if isinstance(recorded.event, CardMoved):
                floor.recall.remember(recorded.event, recorded.occasion)
            elif isinstance(recorded.event, CallRaised) and recorded.occasion.signal:
                floor.recall.keep(recorded.occasion.signal, recorded.occasion)
        return floor

    def cards(self) -> list[Card]:
        return [card_of(row) for row in self._rows(select(schema.cards).order_by("id"))]

    def records(self) -> list[Record]:
        records = schema.records.c
        since_ms = self.latest_ms() - KEEP_RECORDS_MS
        query = select(schema.records).where(or_(records.is_open, records.changed_ms >= since_ms))
        return [record_of(row) for row in self._rows(query.order_by(records.kind, records.id))]

    def photo(self, photo_id: str) -> Photo | None:
        rows = self._rows(select(schema.photos).where(schema.photos.c.id == photo_id))
        return Photo(rows[0]["id"], rows[0]["data"]) if rows else None

    def calls(self, *, only_open: bool = False) -> list[AndonCall]:
        query = select(schema.calls).order_by("raised_ms", "id")
        if only_open:
            query = query.where(schema.calls.c.state.in_(OPEN_STATES))
        return [call_of(row) for row in self._rows(query)]

    def events(self, which: EventFilter) -> list[RecordedEvent]:
        events = schema.events.c
        query = select(schema.events).where(events.number > which.after)
        for name in EVENT_COLUMNS:
            wanted = getattr(which, name)
            if wanted is not None:
                query = query.where(events[name] == wanted)
        if which.since_ms is not None:
            query = query.where(events.received_ms >= which.since_ms)
        if which.until_ms is not None:
            query = query.where(events.received_ms < which.until_ms)
        if which.numbers is not None:
            query = query.where(events.number.in_(which.numbers))
        if which.before is not None:
            query = query.where(events.number < which.before).order_by(events.number.desc())
        else:
            query = query.order_by(events.number)
        return [_recorded(row) for row in self._rows(query.limit(which.limit))]

    def latest_event_number(self) -> int:
        return self._number(select(func.max(schema.events.c.number)))

    def latest_event_of(self, card: str) -> RecordedEvent | None:
        events = schema.events.c
        query = select(schema.events).where(events.card == card).order_by(events.number.desc())
        rows = self._rows(query.limit(1))
        return _recorded(rows[0]) if rows else None

    def lamps(self) -> dict[str, WantedLamps]:
        return {row["station"]: _wanted(row) for row in self._rows(select(schema.lamps))}

    def links(self) -> list[SupplierLink]:
        return [SupplierLink(**row) for row in self._links("station")]

    def screens(self) -> list[ScreenLink]:
        settings = ("target", "language", "theme")
        return [ScreenLink(**row) for row in self._links("place", more=settings)]

    def station_links(self) -> list[StationLink]:
        return [StationLink(**row) for row in self._links("station", "place")]

    def signals_by_key(self, keys: Sequence[Key]) -> dict[Key, TakenSignal]:
        if not keys:
            return {}
        key = tuple_(schema.signals.c.station, schema.signals.c.epoch, schema.signals.c.seq)
        found = [_taken(row) for row in self._rows(select(schema.signals).where(key.in_(keys)))]
        return {signal.key: signal for signal in found}

    def signals_by_id(self, ids: Sequence[str]) -> dict[str, TakenSignal]:
        if not ids:
            return {}
        rows = self._rows(select(schema.signals).where(schema.signals.c.id.in_(ids)))
        return {row["id"]: _taken(row) for row in rows}

    def pruned(self, keys: Sequence[Key]) -> set[Key]:
        epochs = schema.epochs.c
        wanted = tuple_(epochs.station, epochs.epoch).in_({key[:2] for key in keys})
        rows = self._rows(select(schema.epochs).where(wanted, epochs.pruned > 0)) if keys else []
        marks = {(row["station"], row["epoch"]): row["pruned"] for row in rows}
        return {key for key in keys if key[2] <= marks.get(key[:2], 0)}

    def contiguous(self) -> dict[tuple[str, str], int]:
        rows = self._rows(select(schema.epochs))
        return {(row["station"], row["epoch"]): row["contiguous"] for row in rows}

    def beyond(self) -> list[Key]:
        return [*self._beyond(schema.signals), *self._beyond(schema.quarantine)]

    def set_aside(self, after: int = 0, limit: int = 100) -> list[tuple[int, SetAside]]:
        number = schema.quarantine.c.number
        query = select(schema.quarantine).where(number > after).order_by(number).limit(limit)
        return [(row["number"], _set_aside(row)) for row in self._rows(query)]

    def set_aside_of(self, station: str, limit: int = 20) -> list[tuple[int, SetAside]]:
        columns = schema.quarantine.c
        query = select(schema.quarantine).where(columns.station == station)
        query = query.order_by(columns.number.desc()).limit(limit)
        return [(row["number"], _set_aside(row)) for row in self._rows(query)]

    def counts(self) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {"refused": {}, "set_aside": {}}
        for row in self._rows(select(schema.tallies)):
            counts[row["what"]][row["reason"]] = row["count"]
        return counts

    def latest_ms(self) -> int:
        return self._number(select(func.max(schema.events.c.received_ms)))

    def _lasting_calls(self) -> list[AndonCall]:
        """Those that may still move, and those that count for a line stop."""
        calls = schema.calls.c
        since_ms = self.latest_ms() - STOP_WITHIN_MOST_S * 1000
        query = select(schema.calls).where(
            or_(calls.state.in_(UNFINISHED_STATES), calls.raised_ms >= since_ms)
        )
        return [call_of(row) for row in self._rows(query.order_by("raised_ms", "id"))]

    def _beyond(self, table: Table) -> list[Key]:
        is_same = and_(schema.epochs.c.station == table.c.station, schema.epochs.c.epoch == table.c.epoch)
        query = (
            select(table.c.station, table.c.epoch, table.c.seq)
            .select_from(table.outerjoin(schema.epochs, is_same))
            .where(or_(schema.epochs.c.contiguous.is_(None), table.c.seq > schema.epochs.c.contiguous))
            .where(table.c.epoch.is_not(None))
        )
        return [(row["station"], row["epoch"], row["seq"]) for row in self._rows(query)]

    def _latest_events(self) -> list[RecordedEvent]:
        events = schema.events.c
        query = select(schema.events).where(events.kind.in_([CardMoved.kind, CallRaised.kind]))
        rows = self._rows(query.order_by(events.number.desc()).limit(LOOK_BACK))
        return [_recorded(row) for row in reversed(rows)]

    def _links(self, *whose: str, more: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """Those for whom it is these columns that are filled in, and no other; with `more` of them."""
        links = schema.links.c
        columns = (
            links.id,
            links.made_ms,
            links.expires_ms,
            links.revoked_ms,
            *(links[name] for name in (*whose, *more)),
        )
        fitting = [links[name].is_not(None) == (name in whose) for name in ("station", "place")]
        return self._rows(select(*columns).where(*fitting).order_by("made_ms", "id"))

    def _meta(self, name: str, without: str | None = None) -> str:
        """The value of this name; `without` is that of a database in which it was never written."""
        rows = self._rows(select(schema.meta).where(schema.meta.c.name == name))
        if not rows and without is not None:
            return without
        return str(rows[0]["value"])

    def _ranked(self, table: Table) -> list[dict[str, Any]]:
        return self._rows(select(table).order_by(table.c.rank))

    def _number(self, query: Select[Any]) -> int:
        return int(self._connection.execute(query).scalar() or 0)

    def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(query).mappings()]


def _recorded(row: dict[str, Any]) -> RecordedEvent:
    return RecordedEvent(row["number"], *event_of(row))


def _wanted(row: dict[str, Any]) -> WantedLamps:
    lamps = msgspec.json.decode(row["lamps"], type=Lamps)
    because = msgspec.json.decode(row["because"], type=tuple[str, ...])
    return WantedLamps(row["station"], row["revision"], row["as_of_ms"], lamps, because)


def _taken(row: dict[str, Any]) -> TakenSignal:
    values = dict(row)
    key = (values.pop("station"), values.pop("epoch"), values.pop("seq"))
    return TakenSignal(key=key, **values)


def _set_aside(row: dict[str, Any]) -> SetAside:
    key = (row["station"], row["epoch"], row["seq"]) if row["epoch"] else None
    return SetAside(
        row["topic"], row["reason"], row["detail"], row["payload"], row["received_ms"], row["station"], key
    )
