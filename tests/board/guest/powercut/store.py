"""Stores signals in a station's outbox as fast as it can, until the power goes."""

import os
import uuid
from itertools import count
from pathlib import Path

from kanban_device.clock import SystemClock
from kanban_device.outbox import Outbox
from kanban_protocol.messages import ReceiptStatus

SETTLED_EVERY = 16


def say(text: str) -> None:
    """One write to the console, past every buffer."""
    os.write(1, text.encode() + b"\n")


def main() -> None:
    clock = SystemClock()
    outbox = Outbox(Path("/var/lib/kanban-station"), lambda: uuid.uuid4().hex[:16])
    for number in count(1):
        body = '{"loop":"bracket","slot":1}'
        row = outbox.put("pull", body, str(uuid.uuid4()), clock.stamp(clock.now_s()))
        say(f"stored {row.seq} {row.id}")
        if number % SETTLED_EVERY == 0:
            outbox.settle([(row.seq - SETTLED_EVERY + 1, ReceiptStatus.ACCEPTED)])


main()
