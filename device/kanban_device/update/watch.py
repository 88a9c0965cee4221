"""Wait for the proof of a release on trial, or for its end."""

import logging

from kanban_device import vitals
from kanban_device.update import course, gate
from kanban_device.update.gate import Verdict
from kanban_device.update.machine import Machine, Place, Step
from kanban_device.update.state import Memory
from kanban_device.vitals import Vitals
from kanban_protocol.messages import UpdateFault

log = logging.getLogger(__name__)

LOOK_S = 2.0


class Watch:
    """Looks at the running station by what it shows of itself."""

    def __init__(self, memory: Memory, place: Place, machine: Machine) -> None:
        self._memory = memory
        self._place = place
        self._machine = machine

    def wait(self, number: int) -> None:
        """Return when `number` is no longer on trial: it has proved itself, or the one before runs again."""
        began_s = self._machine.now_s()
        while self._is_on_trial(number):
            verdict = self._verdict(number, self._machine.now_s() - began_s)
            if verdict is Verdict.CONFIRMED:
                self._machine.step(Step.CONFIRM)
                self._memory.change(course.confirmed)
                log.info("release %d has proved itself", number)
            elif verdict is Verdict.NOT_WELL:
                self._machine.step(Step.LEAD_BACK)
                self._memory.change(lambda state: course.led_back(state, UpdateFault.NOT_WELL))
                log.warning("release %d is not well, the one before runs again", number)
                self._machine.restart()
            else:
                self._machine.wait(LOOK_S)

    def vitals_of(self, number: int) -> Vitals | None:
        """What the station shows now, if it is the release `number` that does."""
        shown = vitals.read(self._place.vitals)
        return gate.of_trial(shown, number, self._machine.now_s(), self._machine.times)

    def _is_on_trial(self, number: int) -> bool:
        """False also when the starts were too many, and the counting has led back by itself."""
        trial = self._memory.read().trial
        return trial is not None and trial.number == number

    def _verdict(self, number: int, waited_s: float) -> Verdict:
        looked, times = self.vitals_of(number), self._machine.times
        is_asked = waited_s >= times.network_s and not (looked is not None and looked.linked)
        is_there = self._machine.is_network_there() if is_asked else True
        return gate.judge(looked, waited_s, is_network_there=is_there, times=times)
