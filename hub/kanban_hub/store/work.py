"""Writing: what one transaction may change. Rows go in many at a time, ordered by key."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Table, Text, cast, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from kanban_hub.domain.andon import AndonCall
from kanban_hub.domain.card import Card
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.records.record import Record
from kanban_hub.notices.notice import Notice
from kanban_hub.photo import Photo
from kanban_hub.plantchange import PlantChange
from kanban_hub.ports import KnownLink, SetAside, TakenSignal, WantedLamps
from kanban_hub.store import plantchanges, schema
from kanban_hub.store.notices import DatabaseNotices
from kanban_hub.store.rows import Row, call_row, card_row, event_row, record_row, text
from kanban_hub.store.view import DatabaseView

MAX_KEPT_PAYLOAD_BYTES = 4_096
MAX_KEPT_DETAIL = 500


_REVISION = schema.meta.c.value
_COUNT_REVISION = (
    update(schema.meta)
    .where(schema.meta.c.name == "revision")
    .values(value=cast(cast(_REVISION, BigInteger) + 1, Text))
)


class DatabaseWork(DatabaseView):
    """A `Work` on one connection in a writing transaction."""

    def save_plant(self, plant: Plant) -> None:
        self._put(schema.meta, [{"name": "site", "value": plant.site}])
        self._put(schema.meta, [{"name": "plant_revision", "value": str(self.plant_revision() + 1)}])
        self._put(schema.meta, [{"name": "calendar", "value": text(plant.calendar)}])
        self._put(schema.meta, [{"name": "language", "value": plant.language}])
        for name, table in (
            ("escalation", plant.escalation),
            ("lines", tuple(plant.lines.values())),
            ("reasons", tuple(plant.reasons.values())),
            ("floor_map", plant.floor_map),
        ):
            self._put(schema.meta, [{"name": name, "value": text(table)}])
        stations = enumerate(plant.stations.values())
        rows = [{"id": one.id, "rank": rank, "definition": text(one)} for rank, one in stations]
        self._replace(schema.stations, rows)
        items = enumerate(plant.items.values())
        self._replace(schema.items, [{"id": i.id, "rank": rank, "name": i.name} for rank, i in items])
        loops = enumerate(plant.loops.values())
        rows = [{"id": loop.id, "rank": rank, "definition": text(loop)} for rank, loop in loops]
        self._replace(schema.loops, rows)
        self._replace(schema.slots, [dataclasses.asdict(slot) for slot in plant.slots])

    def keep_plant_change(self, change: PlantChange) -> None:
        plantchanges.keep(self._connection, change)

    def append(self, events: Iterable[tuple[Event, Occasion]]) -> None:
        self._insert(schema.events, [event_row(event, occasion) for event, occasion in events])

    def save(self, cards: Iterable[Card], calls: Iterable[AndonCall]) -> None:
        self._put(schema.cards, [card_row(card) for card in sorted(cards, key=lambda card: card.id)])
        self._put(schema.calls, [call_row(call) for call in sorted(calls, key=lambda call: call.id)])

    def save_records(self, records: Iterable[Record], at_ms: int) -> None:
        self._put(schema.records, [record_row(record, at_ms) for record in records])

    def save_lamps(self, lamps: Iterable[WantedLamps]) -> None:
        rows = [
            {
                "station": wanted.station,
                "revision": wanted.revision,
                "as_of_ms": wanted.as_of_ms,
                "lamps": text(wanted.lamps),
                "because": text(wanted.because),
            }
            for wanted in lamps
        ]
        self._put(schema.lamps, rows)

    def save_link(self, link: KnownLink) -> None:
        self._put(schema.links, [dataclasses.asdict(link)])

    def take(self, signals: Iterable[TakenSignal]) -> None:
        rows = [_signal_row(signal) for signal in signals]
        self._insert(schema.signals, rows)
        self._count("refused", Counter(row["reason"] for row in rows if row["verdict"] == "refused"))

    def put_aside(self, messages: Iterable[SetAside]) -> None:
        rows = [_aside_row(message) for message in messages]
        self._insert(schema.quarantine, rows)
        self._count("set_aside", Counter(row["reason"] for row in rows))

    def enqueue(self, notices: Iterable[Notice]) -> None:
        DatabaseNotices(self._connection).enqueue(notices)

    def save_contiguous(self, contiguous: dict[tuple[str, str], int]) -> None:
        rows = [{"station": s, "epoch": e, "contiguous": n} for (s, e), n in sorted(contiguous.items())]
        self._put(schema.epochs, rows)

    def save_epoch(self, epoch: str) -> None:
        self._put(schema.meta, [{"name": "epoch", "value": epoch}])

    def keep_photo(self, photo: Photo, at_ms: int) -> None:
        self._put(schema.photos, [{"id": photo.id, "kept_ms": at_ms, "data": photo.data}])

    def count_revision(self) -> None:
        self._connection.execute(_COUNT_REVISION)

    def _count(self, what: str, reasons: Counter[str]) -> None:
        rows = [{"what": what, "reason": reason, "count": n} for reason, n in sorted(reasons.items())]
        if rows:
            self._connection.execute(_tally(self._connection.dialect.name), rows)

    def _insert(self, table: Table, rows: list[Row]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _replace(self, table: Table, rows: list[Row]) -> None:
        self._connection.execute(delete(table))
        self._insert(table, rows)

    def _put(self, table: Table, rows: list[Row]) -> None:
        """Insert or, where the key is there, change the columns that the rows name."""
        if not rows:
            return
        self._connection.execute(_upsert(self._connection.dialect.name, table, tuple(rows[0])), rows)


@cache
def _upsert(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    """Building this statement takes longer than running it, so each is built once."""
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    others = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


@cache
def _tally(dialect: str) -> Any:
    """Add to a count, which need not be read for that."""
    statement = _insert(dialect, schema.tallies)
    more = {"count": schema.tallies.c.count + statement.excluded["count"]}
    return statement.on_conflict_do_update(index_elements=["what", "reason"], set_=more)


def _insert(dialect: str, table: Table) -> Any:
    """An INSERT that may say what is done where the key is there: the two speak the same dialect here."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def _signal_row(signal: TakenSignal) -> Row:
    row = {field.name: getattr(signal, field.name) for field in dataclasses.fields(signal)}
    row["station"], row["epoch"], row["seq"] = row.pop("key")
    return row


def _aside_row(message: SetAside) -> Row:
    _, epoch, seq = message.key or (None, None, None)
    return {
        "station": message.station,
        "topic": message.topic,
        "reason": message.reason,
        "detail": message.detail[:MAX_KEPT_DETAIL],
        "payload": message.payload[:MAX_KEPT_PAYLOAD_BYTES],
        "epoch": epoch,
        "seq": seq,
        "received_ms": message.received_ms,
    }
