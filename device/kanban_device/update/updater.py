"""Bring a release here, switch to it, and judge it.

Whatever kills this process, the next one goes on: the state says what runs, the links follow the state, and a
request stays until it is done with. What was only half made is made anew.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kanban_device.update import course, request
from kanban_device.update.bringing import Bringing
from kanban_device.update.errors import BusyError, NotAllowedError, UpdateError
from kanban_device.update.layout import Layout
from kanban_device.update.machine import Machine, Place, Step
from kanban_device.update.request import Request
from kanban_device.update.source import Source
from kanban_device.update.state import Memory, State
from kanban_device.update.watch import LOOK_S, Watch
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep

log = logging.getLogger(__name__)

UNSENT_S = 120.0  # how long signals may take to be sent before the update is refused for them


class Updater:
    """One station's updater. At most one is at work at a time."""

    def __init__(self, layout: Layout, place: Place, machine: Machine) -> None:
        self._layout = layout
        self._data = place.station.data
        self._machine = machine
        self._memory = Memory(layout)
        self._bringing = Bringing(layout, place, machine)
        self._watch = Watch(self._memory, place, machine)

    def serve(self, source_of: Callable[[int], Source]) -> None:
        """Go on with a trial, then do what the station asks for. Raises `BusyError`, `UpdateError`."""
        with self._alone():
            self._recover()
            asked = request.read(self._data)
            if asked is not None:
                self._attend(asked, source_of)
            self._machine.step(Step.SETTLE)
            request.settle(self._data)

    def install(self, source: Source, *, force: bool) -> State:
        """Have the release of `source` run, told by hand. Raises `BusyError`, `UpdateError`."""
        with self._alone():
            self._recover()
            folder = self._layout.root / "incoming" / "by-hand"
            shutil.rmtree(folder, ignore_errors=True)
            number = self._bringing.bring(source, folder, number=None, force=force)
            self._switch(number, folder, force=force)
            return self._memory.read()

    def back(self) -> State:
        """Have the release before run again, told by hand. Raises `BusyError`, `UpdateError`."""
        with self._alone():
            state = self._memory.read()
            is_there = state.before and self._layout.mark(state.before).exists()
            if state.trial is not None or not is_there:
                raise NotAllowedError(UpdateFault.NOT_INSTALLED, "there is no release before that could run")
            state = self._memory.change(course.taken_back)
            self._machine.restart()
            return state

    def _attend(self, asked: Request, source_of: Callable[[int], Source]) -> None:
        number = asked.release
        if self._memory.read().running == number:
            self._memory.tell(None)
            return
        folder = self._layout.incoming(number)
        self._forget_others(folder)
        self._memory.tell(UpdateReport(release=number, step=UpdateStep.FETCHING))
        try:
            self._bringing.bring(source_of(number), folder, number=number, force=asked.force)
            self._switch(number, folder, force=asked.force)
        except UpdateError as error:
            log.error("release %d: %s", number, error)  # noqa: TRY400  # told in words
            self._memory.tell(UpdateReport(release=number, step=UpdateStep.REFUSED, fault=error.fault))
            self._sweep()

    def _switch(self, number: int, fetched: Path, *, force: bool) -> None:
        """From the change of the state on, `number` is what a boot starts."""
        if self._memory.read().running == number:
            return
        self._wait_for_sent(force=force)
        self._machine.step(Step.SWITCH)
        state = self._memory.change(lambda state: course.begun(state, number))
        shutil.rmtree(fetched, ignore_errors=True)
        if state.trial is not None:
            self._machine.step(Step.RESTART)
            self._machine.restart()
            self._watch.wait(number)
        self._sweep()

    def _wait_for_sent(self, *, force: bool) -> None:
        """Let the station send what it keeps. A station that does not run keeps it on its disk."""
        until_s = self._machine.now_s() + UNSENT_S
        while not force and (unsent := self._unsent()) > 0:
            if self._machine.now_s() >= until_s:
                raise NotAllowedError(UpdateFault.UNSENT, f"{unsent} signals wait for their receipt")
            self._machine.wait(LOOK_S)

    def _unsent(self) -> int:
        looked = self._watch.vitals_of(self._memory.read().running)
        return looked.outbox or 0 if looked is not None else 0

    def _recover(self) -> None:
        """What another updater has left: links that do not follow yet, half folders, a trial."""
        state = self._memory.follow()
        if state.trial is not None:
            number = state.trial.number
            if self._watch.vitals_of(number) is None:
                self._machine.step(Step.RESTART_AGAIN)
                self._machine.restart()
            self._watch.wait(number)
        self._sweep()

    def _sweep(self) -> None:
        """Remove releases that nobody goes back to, and those that were never whole."""
        wanted = course.kept(self._memory.read())
        for number in self._layout.installed():
            if number not in wanted:
                shutil.rmtree(self._layout.release(number), ignore_errors=True)

    def _forget_others(self, folder: Path) -> None:
        """Of all that was once fetched and never installed only `folder` is of use."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._layout.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._layout.root / "update.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BusyError from None
        finally:
            os.close(handle)
