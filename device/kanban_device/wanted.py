"""Which of the hub's lamp states holds. Pure."""

from kanban_protocol.messages import LampState


class WantedLamps:
    """The newest state of the epoch that the hub announces.

    A hub that comes back from a backup counts revisions from a lower number under a new epoch; a state
    that the broker still remembers of the old epoch must not win by its number, nor the new one wait.
    """

    def __init__(self) -> None:
        self.applied: LampState | None = None
        self._candidate: LampState | None = None
        self._announced: str | None = None

    def offer(self, state: LampState) -> bool:
        """Take a state as it arrives; say whether it holds now."""
        held = self._candidate
        if held is None or held.epoch != state.epoch or held.revision < state.revision:
            self._candidate = state
        return self._apply()

    def announce(self, epoch: str) -> bool:
        """Take the hub's epoch as `hub/status` gives it; say whether another state holds now."""
        self._announced = epoch
        return self._apply()

    def _apply(self) -> bool:
        state, applied = self._candidate, self.applied
        if state is None:
            return False
        is_newer = applied is not None and applied.epoch == state.epoch and applied.revision < state.revision
        is_new = state.epoch == self._announced and (applied is None or applied.epoch != state.epoch)
        if is_newer or is_new:
            self.applied = state
        return is_newer or is_new
