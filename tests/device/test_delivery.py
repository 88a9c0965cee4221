"""Outbox and sender against a hub that loses, doubles, delays: nothing stored is lost, no number missing."""

import shutil
import tempfile
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kanban_device.errors import StoreFullError
from kanban_device.outbox import Limits, Outbox
from kanban_device.row import Row
from kanban_device.sender import WINDOW, Sender
from kanban_protocol.messages import ReceiptStatus
from tests.device.fakes import FakeClock, crash

LIMITS = Limits(max_pages=60, headroom_pages=30, kept_rows=5, free_bytes=0)


class Delivering(RuleBasedStateMachine):
    """The hub is a dictionary: what it has taken, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.epochs = count(1)
        self.ids = count(1)
        self.clock = FakeClock()
        self.stored: list[str] = []
        self.hub: dict[int, str] = {}
        self.under_way = list[Row]()
        self.open()

    def open(self) -> None:
        self.outbox = Outbox(self.directory, lambda: f"{next(self.epochs):016x}", LIMITS)
        self.sender = Sender(lambda: 0.5)
        self.sender.resume()

    @rule(kind=st.sampled_from(["pull", "undo"]))
    def put(self, kind: str) -> None:
        name = f"id-{next(self.ids)}"
        try:
            self.outbox.put(kind, "{}", name, self.clock.stamp(self.clock.now_s()))
        except StoreFullError:
            return
        self.stored.append(name)

    @rule(seconds=st.floats(0.0, 40.0))
    def send(self, seconds: float) -> None:
        self.clock.advance(seconds)
        pending = self.outbox.pending(WINDOW)
        sendings = self.sender.decide(pending, self.clock.now_s())
        assert len(sendings) <= WINDOW
        for sending in sendings:
            if sending.row.kind == "undo":
                assert sending.row.seq == pending[0].seq, "an undo went before an earlier receipt"
            self.under_way.append(sending.row)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        self.under_way.remove(data.draw(st.sampled_from(self.under_way)))

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), has_receipt=st.booleans())
    def arrive(self, data: st.DataObject, has_receipt: bool) -> None:
        row = data.draw(st.sampled_from(self.under_way))
        assert self.hub.setdefault(row.seq, row.id) == row.id, "one number with two contents"
        if has_receipt:
            self.outbox.settle([(row.seq, ReceiptStatus.ACCEPTED)])

    @rule()
    def reconnect(self) -> None:
        self.sender.pause()
        self.sender.resume()

    @rule(in_good_order=st.booleans())
    def restart(self, in_good_order: bool) -> None:
        if in_good_order:
            self.outbox.close()
        else:
            crash(self.directory, self.outbox)
        self.open()
        assert self.outbox.salvage is None

    @rule()
    def fill(self) -> None:
        for _ in range(30):
            self.put("pull")

    @rule(back=st.integers(1, 5))
    def restore_hub(self, back: int) -> None:
        kept = max(self.hub, default=0) - back
        self.hub = {seq: name for seq, name in self.hub.items() if seq <= kept}
        self.outbox.unsettle_after(max(0, kept))

    @invariant()
    def nothing_stored_is_lost(self) -> None:
        pending = {row.id for row in self.outbox.pending(10_000)}
        assert set(self.stored) <= pending | set(self.hub.values())
        assert self.outbox.depth == len(pending)

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        assert self.outbox.highest_seq == len(self.stored)

    def teardown(self) -> None:
        self.outbox.close()
        shutil.rmtree(self.directory)


Delivering.TestCase.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
TestDelivering = Delivering.TestCase
