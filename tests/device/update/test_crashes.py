"""The updater is killed at each of its steps. Whoever comes next finds a release that works, old or new."""

import os
import warnings
from collections.abc import Callable

import pytest

from kanban_device.update import disk, request
from kanban_device.update.machine import Step
from kanban_device.update.request import Request
from kanban_device.update.state import Memory
from tests.device.update.workshop import SILENT, Workshop

KILLED = 9


def killed(work: Callable[[], None]) -> bool:
    """Do `work` in a process of its own; whether it was killed before its end."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # no other thread does anything of use in the child
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def kill_at(step: Step) -> Callable[[Step], None]:
    return lambda name: os._exit(KILLED) if name == step else None


def ordered(workshop: Workshop, *, bad: bool) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    if bad:
        workshop.service.ways[2] = SILENT
    request.write(workshop.data, Request(release=2))


def works(workshop: Workshop) -> int:
    """The number of the release that is started at a boot; all of it must be there."""
    number = int(workshop.layout.current.resolve().name)
    assert workshop.layout.mark(number).exists()
    return number


# Whether a release is any good shows only when it runs.
RUNNING = (Step.RESTART, Step.LEAD_BACK, Step.SETTLE)


@pytest.mark.parametrize("is_boot", [False, True], ids=["killed", "power cut"])
@pytest.mark.parametrize(("step", "bad"), [*((step, False) for step in Step), *((s, True) for s in RUNNING)])
def test_an_update_that_is_cut_at_any_step_comes_to_its_end(
    workshop: Workshop, step: Step, *, bad: bool, is_boot: bool
) -> None:
    ordered(workshop, bad=bad)

    was_killed = killed(lambda: workshop.updater(kill_at(step)).serve(workshop.shop.source))

    assert was_killed == (step not in (Step.RESTART_AGAIN, Step.CONFIRM if bad else Step.LEAD_BACK))
    assert works(workshop) in {1, 2}
    if is_boot:
        workshop.service.vitals.unlink(missing_ok=True)
        workshop.restart()
        assert workshop.service.running == works(workshop)
    workshop.updater().serve(workshop.shop.source)
    assert workshop.service.running == works(workshop) == (1 if bad else 2)
    state = Memory(workshop.layout).read()
    assert state.trial is None
    assert state.bad == ([2] if bad else [])
    assert not (workshop.data / request.FILE).exists()
    assert (workshop.data / "outbox.db").read_bytes() == b"what waits"


@pytest.mark.parametrize("cut", range(14))
def test_a_cut_between_any_two_writes_leaves_a_release_that_works(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    ordered(workshop, bad=False)
    done = 0

    def counted(how: Callable[..., None]) -> Callable[..., None]:
        def write(*given: object) -> None:
            nonlocal done
            if done == cut:
                os._exit(KILLED)
            done += 1
            how(*given)

        return write

    def work() -> None:
        for name in ("write", "point", "remove"):
            monkeypatch.setattr(disk, name, counted(getattr(disk, name)))
        workshop.updater().serve(workshop.shop.source)

    assert killed(work)
    assert works(workshop) in {1, 2}
    workshop.updater().serve(workshop.shop.source)
    assert workshop.service.running == works(workshop) == 2


def test_a_cut_while_a_restart_is_still_due_restarts(workshop: Workshop) -> None:
    ordered(workshop, bad=False)
    assert killed(lambda: workshop.updater(kill_at(Step.RESTART)).serve(workshop.shop.source))
    assert workshop.service.running == 1, "switched, and not yet started"

    assert killed(lambda: workshop.updater(kill_at(Step.RESTART_AGAIN)).serve(workshop.shop.source))
    workshop.updater().serve(workshop.shop.source)

    assert workshop.service.running == 2
