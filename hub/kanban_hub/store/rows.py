"""Domain objects to table rows and back. Nothing else knows both."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.card import Card, LastMove
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.history import KINDS
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.moves import Standing, State
from kanban_hub.domain.records.record import Record
from kanban_hub.domain.records.registry import RECORDS

Row = dict[str, Any]


def text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def card_row(card: Card) -> Row:
    row = {field.name: getattr(card, field.name) for field in dataclasses.fields(card)}
    row["last"] = text(card.last) if card.last is not None else None
    return row


def card_of(row: Mapping[str, Any]) -> Card:
    values = dict(row)
    values["state"] = State(values["state"])
    values["standing"] = Standing(values["standing"])
    values["failed_from"] = State(values["failed_from"]) if values["failed_from"] else None
    values["last"] = msgspec.json.decode(values["last"], type=LastMove) if values["last"] else None
    return Card(**values)


def call_row(call: AndonCall) -> Row:
    return {field.name: getattr(call, field.name) for field in dataclasses.fields(call)}


def call_of(row: Mapping[str, Any]) -> AndonCall:
    return AndonCall(**{**row, "kind": CallKind(row["kind"]), "state": CallState(row["state"])})


def record_row(record: Record, at_ms: int) -> Row:
    return {
        "kind": record.kind,
        "id": record.id,
        "is_open": record.is_open,
        "changed_ms": at_ms,
        "data": text(record),
    }


def record_of(row: Mapping[str, Any]) -> Record:
    return msgspec.json.decode(row["data"], type=RECORDS[row["kind"]])


def event_row(event: Event, occasion: Occasion) -> Row:
    moment = occasion.moment
    return {
        "kind": event.kind,
        "loop": event.loop,
        "card": getattr(event, "card", None),
        "call": getattr(event, "call", None),
        "station": occasion.station,
        "signal": occasion.signal,
        "how": occasion.how,
        "role": occasion.role,
        "at_ms": moment.at_ms,
        "received_ms": moment.received_ms,
        "boot": moment.boot,
        "mono_ms": moment.mono_ms,
        "clock": moment.clock,
        "data": text(event),
    }


def event_of(row: Mapping[str, Any]) -> tuple[Event, Occasion]:
    moment = Moment(row["at_ms"], row["received_ms"], row["boot"], row["mono_ms"], row["clock"])
    event = msgspec.json.decode(row["data"], type=KINDS[row["kind"]])
    return event, Occasion(moment, row["station"], row["signal"], row["how"], row["role"])
