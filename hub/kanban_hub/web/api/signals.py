"""Signals by HTTP: the same ones as on MQTT, through the same inbox, with the same words on them."""

import re
from typing import Annotated

from flask import request
from msgspec import Meta, Struct

from kanban_hub.accounts.rights import Errand
from kanban_hub.inbox import Delivery, Word
from kanban_hub.outlet import messages_of
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, ProblemError, faulty, not_found, problem
from kanban_protocol.ids import NAME_PATTERN
from kanban_protocol.messages import Receipts

NDJSON = "application/x-ndjson"
# Twice what a station has under way.
SIGNALS_MOST = 16
RETRY_AFTER_S = 2


class Answered(Struct, frozen=True, kw_only=True):
    """The hub's words on what was sent; each signal that is named in one is done with."""

    receipts: Annotated[list[Receipts], Meta(description="As on MQTT: one message an epoch.")]
    set_aside: Annotated[int, Meta(description="What had no key to answer to: kept, and counted as rubbish.")]


@operation("POST /api/v1/stations/{station}/signals", errors=(404,), takes=NDJSON, gives=(Errand.SIGNAL,))
def send_signals(parts: WebParts, station: str, body: bytes) -> Answered:
    """Hand over signals of a station, one a line, 16 at most, each exactly as it would be sent by MQTT.

    The answer comes after the commit. Without one (503, a cut) nothing is known: send the same again; what
    was taken is taken once.
    """
    if not parts.caller.may_signal(station):
        raise ProblemError(problem(403, "this browser may signal for another station only"))
    if not re.search(NAME_PATTERN, station):
        raise not_found(f"no station {station[:80]!r}")
    lines = _lines(body)
    now_ms, path = parts.clock.now_ms(), request.path
    words = _taken(parts, [Delivery(station, path, line, now_ms) for line in lines])
    return Answered(
        receipts=[message for _, message in messages_of(words)], set_aside=len(lines) - len(words)
    )


def _lines(body: bytes) -> list[bytes]:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if not 1 <= len(lines) <= SIGNALS_MOST:
        raise faulty([Fault("body", f"has {len(lines)} lines; send 1 to {SIGNALS_MOST} signals, one a line")])
    return lines


def _taken(parts: WebParts, deliveries: list[Delivery]) -> list[Word]:
    if not parts.senders.take():
        text = "more stations send than the hub can take at once: send again"
        raise ProblemError(problem(503, text), {"Retry-After": str(RETRY_AFTER_S)})
    try:
        return parts.hand(deliveries)
    finally:
        parts.senders.give_back()
