"""How the state goes on, from a release that is seen to one that has proved itself or was led back. Pure."""

from msgspec.structs import replace

from kanban_device.update.gate import STARTS_MOST
from kanban_device.update.state import State, Trial
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep
from kanban_protocol.release import Manifest


def seen(state: State, manifest: Manifest) -> State:
    """A manifest that was found signed, whether it is taken or not."""
    times = [manifest.made_at, *([state.newest_made_at] if state.newest_made_at else [])]
    return replace(state, highest=max(state.highest, manifest.number), newest_made_at=max(times))


def begun(state: State, number: int) -> State:
    """`number` is to run from now on, on trial. The first has nothing to go back to: it has none."""
    kept = [one for one in state.bad if one != number]
    if not state.running:
        return replace(state, running=number, good=number, bad=kept, report=None)
    trial = Trial(number=number, back_to=state.running, before=state.before)
    report = UpdateReport(release=number, step=UpdateStep.TRIAL)
    return replace(state, running=number, before=state.running, trial=trial, bad=kept, report=report)


def started(state: State) -> State:
    """The station is about to be started. After so many starts without a proof the old one runs again."""
    if state.trial is None:
        return state
    if state.trial.starts >= STARTS_MOST:
        return led_back(state, UpdateFault.NOT_STARTED)
    return replace(state, trial=replace(state.trial, starts=state.trial.starts + 1))


def confirmed(state: State) -> State:
    return replace(state, good=state.running, trial=None, report=None)


def led_back(state: State, fault: UpdateFault) -> State:
    """The release on trial is given up, and never tried again unless forced."""
    trial = state.trial
    if trial is None:
        return state
    report = UpdateReport(release=trial.number, step=UpdateStep.RETURNED, fault=fault)
    bad = state.marked_bad(trial.number)
    return replace(state, running=trial.back_to, before=trial.before, trial=None, bad=bad, report=report)


def taken_back(state: State) -> State:
    """Somebody leads the station back by hand to the release before, although the newer had proved itself."""
    report = UpdateReport(release=state.running, step=UpdateStep.RETURNED, fault=UpdateFault.BY_HAND)
    bad = state.marked_bad(state.running)
    return replace(state, running=state.before, good=state.before, before=0, bad=bad, report=report)


def kept(state: State) -> set[int]:
    """The releases whose folders are of use."""
    trial = {state.trial.number, state.trial.back_to} if state.trial is not None else set()
    return {state.running, state.good, state.before} | trial
