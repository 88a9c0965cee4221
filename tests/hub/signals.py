"""Signals as a station would send them, with keys and ids that count."""

import uuid
from typing import Any

import msgspec

from kanban_protocol.signals import KINDS, Signal

EPOCH = "9f2c61d0a7b34e55"
OTHER_EPOCH = "aaaaaaaaaaaaaaaa"


def signal(seq: int, kind: str = "pull", body: dict[str, Any] | None = None, **envelope: Any) -> Signal:
    """Signal `seq`; its id and its monotonic time follow from `seq`, a minute apart."""
    fields: dict[str, Any] = {
        "v": 1,
        "id": str(uuid.UUID(int=seq)),
        "epoch": EPOCH,
        "seq": seq,
        "kind": kind,
        "body": {"loop": "bracket"} if body is None else body,
        "boot": "8f64b87a",
        "mono_ms": seq * 60_000,
        "wall_ms": 1_795_446_074_123,
        "clock": "sync",
        "age_ms": 0,
        "attempt": 1,
    } | envelope
    made: Signal = msgspec.convert(fields, KINDS[kind])
    return made


def payload(seq: int, kind: str = "pull", body: dict[str, Any] | None = None, **envelope: Any) -> bytes:
    return msgspec.json.encode(signal(seq, kind, body, **envelope))
