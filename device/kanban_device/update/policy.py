"""May this station step to that release? Pure.

As The Update Framework has it (specification, 5.3 and 5.4): the number seen last is kept, so that nobody can
lead a station back to an old release, and a manifest expires, so that nobody can hold it there in silence.
"""

from dataclasses import dataclass
from datetime import datetime

from kanban_device.update.errors import NotAllowedError
from kanban_device.update.state import State
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import Manifest
from kanban_protocol.signals import Clock


@dataclass(frozen=True)
class Now:
    """What this station knows of the time."""

    wall: datetime
    quality: Clock


def check(manifest: Manifest, state: State, now: Now, *, force: bool) -> None:
    """Raise `NotAllowedError` where `manifest` is not for a station with `state`."""
    number = manifest.number
    if number < max(state.highest, state.running):
        text = f"release {number} is older than {max(state.highest, state.running)}, which was here"
        raise NotAllowedError(UpdateFault.OLDER, text)
    if state.running < manifest.minimum:
        text = f"release {number} wants {manifest.minimum} first, {state.running} runs here"
        raise NotAllowedError(UpdateFault.TOO_FAR, text)
    if number in state.bad and not force:
        text = f"release {number} has not proved itself here; force it, or make a new one"
        raise NotAllowedError(UpdateFault.BAD, text)
    if (known := known_time(state, now)) is not None and known > manifest.expires_at:
        raise NotAllowedError(
            UpdateFault.EXPIRED, f"release {number} expired on {manifest.expires_at:%Y-%m-%d}"
        )


def known_time(state: State, now: Now) -> datetime | None:
    """A moment that has surely passed: the wall clock only while it is `sync`, else the newest manifest.

    A clock that nobody steers may be wrong either way. It must neither let an expired release in for being
    late nor keep a station from its updates for ever for being early, so it decides nothing.
    """
    times = [] if state.newest_made_at is None else [state.newest_made_at]
    if now.quality is Clock.SYNC:
        times.append(now.wall)
    return max(times, default=None)
