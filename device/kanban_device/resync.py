"""What to send again to a hub that came back without it. Pure."""

from kanban_protocol.messages import Sync


class Resync:
    """Acts on `sync` when the hub's epoch is new, and whenever the hub's count goes back.

    Both are signs of a hub restored from a backup. A new epoch alone is not enough: the count heard before
    it may be the lost database's, which the broker still remembered.
    """

    def __init__(self, outbox_epoch: str, highest_seq: int, hub_epoch: str | None) -> None:
        self.outbox_epoch = outbox_epoch
        self.highest_seq = highest_seq
        self.hub_epoch = hub_epoch
        self.ignored = 0
        self._announced = hub_epoch
        self._count: int | None = None

    def announce(self, hub_epoch: str) -> int | None:
        """Take the hub's epoch; return the number after which to send again, or None."""
        self._announced = hub_epoch
        return self._act(went_back=False)

    def hear(self, sync: Sync) -> int | None:
        """Take the hub's count; return the number after which to send again, or None."""
        count = sync.epochs.get(self.outbox_epoch, 0)
        if count > self.highest_seq:
            self.ignored += 1
            return None
        went_back = self._count is not None and count < self._count
        self._count = count
        return self._act(went_back=went_back)

    def renew(self, outbox_epoch: str, highest_seq: int) -> None:
        """The outbox counts from 1 again."""
        self.outbox_epoch = outbox_epoch
        self.highest_seq = highest_seq
        self._count = None

    def _act(self, *, went_back: bool) -> int | None:
        is_new = self._announced != self.hub_epoch
        if self._count is None or not (is_new or went_back):
            return None
        self.hub_epoch = self._announced
        return self._count if self._count < self.highest_seq else None
