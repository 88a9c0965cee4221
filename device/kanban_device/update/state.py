"""What the updater must not forget over a power cut: one small file, and the links that follow from it.

The state is written first, then the links. Whoever comes after a power cut makes the links as the state says.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from kanban_device.update import disk
from kanban_device.update.errors import UpdateError
from kanban_device.update.layout import Layout
from kanban_protocol.messages import UpdateFault, UpdateReport, Version

MAX_STATE_BYTES = 65_536
BAD_MOST = 100
Number = Annotated[int, Meta(ge=0, le=2**31 - 1, description="Of a release; 0 for none.")]


class Trial(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A release that has to prove itself. `starts` is counted before each start of the station.

    `back_to` runs again if it does not, and `before` was the one before that.
    """

    number: Number
    back_to: Number
    before: Number
    starts: int = 0


class State(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`highest` is the greatest number that was ever found signed: nothing lower comes any more."""

    v: Version = 1
    running: Number = 0
    good: Number = 0
    before: Number = 0
    highest: Number = 0
    newest_made_at: datetime | None = None
    bad: list[int] = []
    trial: Trial | None = None
    report: UpdateReport | None = None

    def marked_bad(self, number: int) -> list[int]:
        return [*(one for one in self.bad if one != number), number][-BAD_MOST:]


class Memory:
    """The state on the disk. Several processes may change it: each under the lock, from what is there."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def read(self) -> State:
        """Raises `UpdateError` for a state that cannot be read: nothing is guessed."""
        path = self._layout.state
        try:
            content = disk.read(path, MAX_STATE_BYTES)
            return State() if content is None else msgspec.json.decode(content, type=State)
        except (OSError, msgspec.DecodeError) as error:
            text = f"{path}: {error}; put it right by hand, or install the release anew"
            raise UpdateError(UpdateFault.NOT_INSTALLED, text) from error

    def change(self, how: Callable[[State], State]) -> State:
        """Write what `how` makes of the state, and have links and report follow."""
        with self._locked():
            state = how(self.read())
            content = msgspec.json.format(msgspec.json.encode(state)) + b"\n"
            if state.trial is not None:
                disk.write(self._layout.trial, b"")
            disk.write(self._layout.state, content)
            self._follow(state)
            return state

    def follow(self) -> State:
        """Have links and report be as the state says: what a power cut may have left undone."""
        with self._locked():
            state = self.read()
            self._follow(state)
            return state

    def tell(self, report: UpdateReport | None) -> State:
        """Have the hub told so."""
        return self.change(lambda state: replace(state, report=report))

    def _follow(self, state: State) -> None:
        layout = self._layout
        links = (
            (layout.current, state.running),
            (layout.previous, state.before),
            (layout.updater, state.good),
        )
        for link, number in links:
            if number:
                disk.point(link, layout.release(number))
            else:
                disk.remove(link)
        if state.trial is None:
            disk.remove(layout.trial)
        shown = msgspec.json.encode(state.report)
        if disk.read(layout.report, MAX_STATE_BYTES) != shown:
            disk.write(layout.report, shown)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._layout.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._layout.root / "state.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
