"""What the station knows of its hub: whether it is there, what it wants shown, what it has of us. Pure."""

from kanban_device.effects import Effect, Pause, Remember, Resume, Unsettle
from kanban_device.hubwatch import HubHearing, HubWatch
from kanban_device.resync import Resync
from kanban_device.wanted import WantedLamps
from kanban_protocol.messages import HubStatus, LampState, Sync

HUB_EPOCH = "hub_epoch"


class Hub:
    """The hub as heard from here."""

    def __init__(self, watch: HubWatch, resync: Resync) -> None:
        self._watch = watch
        self._resync = resync
        self._wanted = WantedLamps()

    @property
    def applied(self) -> LampState | None:
        """The lamp state that holds."""
        return self._wanted.applied

    def hearing(self, now_s: float) -> HubHearing:
        return self._watch.at(now_s)

    def due_s(self, now_s: float) -> float | None:
        """When silence becomes loss."""
        return self._watch.due_s(now_s)

    def link(self) -> list[Effect]:
        """The broker has us. Whether the hub is there too, only the hub can say."""
        return [] if self._watch.is_offline else [Resume()]

    def hear(self, now_s: float) -> list[Effect]:
        """Take a heartbeat."""
        was_offline = self._watch.is_offline
        self._watch.hear(now_s)
        return [Resume()] if was_offline else []

    def take_status(self, status: HubStatus, now_s: float, *, retained: bool) -> list[Effect]:
        if not status.online:
            self._watch.depart()
            return [Pause()]
        before = self._resync.hub_epoch
        effects = self._again(self._resync.announce(status.epoch), before)
        self._wanted.announce(status.epoch)
        was_offline = self._watch.is_offline
        if retained:
            self._watch.expect()
            return [*effects, Resume()] if was_offline else effects
        self._watch.hear(now_s)
        return [*effects, Resume()]

    def take_lamps(self, state: LampState) -> None:
        self._wanted.offer(state)

    def take_sync(self, sync: Sync) -> list[Effect]:
        before = self._resync.hub_epoch
        return self._again(self._resync.hear(sync), before)

    def count(self, highest_seq: int) -> None:
        """Take the number that the outbox has come to."""
        self._resync.highest_seq = highest_seq

    def renew(self, outbox_epoch: str, highest_seq: int) -> None:
        self._resync.renew(outbox_epoch, highest_seq)

    def _again(self, after_seq: int | None, epoch_before: str | None) -> list[Effect]:
        epoch = self._resync.hub_epoch
        effects: list[Effect] = [] if after_seq is None else [Unsettle(after_seq)]
        # Remembered only after it is done: killed in between, the station does it again.
        return effects if epoch is None or epoch == epoch_before else [*effects, Remember(HUB_EPOCH, epoch)]
