"""From the outbox to the broker: sends what is due, and takes the receipts back."""

import logging
from collections.abc import Iterable

from kanban_device.clock import Clock
from kanban_device.errors import StoreError
from kanban_device.outbox import Outbox
from kanban_device.sender import WINDOW, Sender
from kanban_device.wire import Wire
from kanban_protocol.messages import Receipt

log = logging.getLogger(__name__)


class Delivery:
    """Outbox, sender and wire, as one."""

    def __init__(self, outbox: Outbox, sender: Sender, wire: Wire, clock: Clock) -> None:
        self._outbox = outbox
        self._sender = sender
        self._wire = wire
        self._clock = clock
        self._is_stuck = False

    def resume(self) -> None:
        self._sender.resume()

    def pause(self) -> None:
        self._sender.pause()

    def send(self, now_s: float) -> None:
        """Publish every signal that is due. One that no connection takes is due again later."""
        try:
            pending = self._outbox.pending(WINDOW)
        except StoreError as error:
            if not self._is_stuck:
                log.warning("nothing can be sent: %s", error)
            self._is_stuck = True
            return
        self._is_stuck = False
        for sending in self._sender.decide(pending, now_s):
            self._wire.send_signal(sending, self._outbox.epoch, self._clock.stamp(now_s))

    def due_s(self) -> float | None:
        """When something is to be sent; an outbox that cannot be read is asked again at the next turn."""
        return None if self._is_stuck else self._sender.due_s()

    def settle(self, receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
        """Take receipts; return those that were news. What cannot be written now is receipted again."""
        by_seq = {receipt.seq: receipt for receipt in receipts}
        try:
            settled = self._outbox.settle((seq, receipt.status) for seq, receipt in by_seq.items())
        except StoreError as error:
            log.warning("receipts could not be kept: %s", error)
            return ()
        return tuple(by_seq[seq] for seq in settled)

    def unsettle(self, after_seq: int) -> None:
        """Send everything above `after_seq` again."""
        try:
            count = self._outbox.unsettle_after(after_seq)
        except StoreError as error:
            log.warning("signals could not be made pending again: %s", error)
            return
        log.warning("the hub has us up to %d: %d signals are sent again", after_seq, count)

    def renew(self, reason: str) -> None:
        """Go on under a new epoch. Raises `DataUnusableError`."""
        self._outbox.renew(reason)
        self._sender.restart()
