"""Updates of stations in words."""

from kanban_hub.language import N_, _
from kanban_hub.releases.rollout import RolloutState, TurnState
from kanban_protocol.messages import UpdateReport, UpdateStep

FAULTS = {
    "unable": N_("it was not installed from a release"),
    "unsent": N_("it keeps signals that were not sent"),
    "unreachable": N_("it does not reach the hub's door"),
    "unsigned": N_("the release is not signed by a key that it trusts"),
    "damaged": N_("what it fetched is not what was signed"),
    "expired": N_("the release has expired"),
    "older": N_("it has seen a newer release"),
    "too_far": N_("it needs another release first"),
    "bad": N_("the release was given up there before"),
    "unfit": N_("the release has nothing for its Python and machine"),
    "no_room": N_("its disk is too small"),
    "not_installed": N_("the release could not be installed"),
    "not_started": N_("the release does not start there"),
    "not_well": N_("the release was not well there, the one before runs again"),
    "by_hand": N_("somebody has led it back there"),
    "silent": N_("it does not answer"),
    "late": N_("it came to no end in time"),
    # Of a station that says no more than how far it came.
    "refused": N_("it has refused the release"),
    "returned": N_("it has gone back to the release before"),
}
STEPS = {
    UpdateStep.FETCHING: N_("fetches it"),
    UpdateStep.INSTALLING: N_("installs it"),
    UpdateStep.TRIAL: N_("tries it out"),
    UpdateStep.REFUSED: FAULTS["refused"],
    UpdateStep.RETURNED: FAULTS["returned"],
}
TURNS = {
    TurnState.WAITING: (N_("waits"), "quiet"),
    TurnState.ASKED: (N_("is asked"), "quiet"),
    TurnState.UNDER_WAY: (N_("under way"), "quiet"),
    TurnState.PROVING: (N_("runs it, is watched"), "quiet"),
    TurnState.DONE: (N_("done"), "calm"),
    TurnState.FAILED: (N_("failed"), "bad"),
}
ROLLOUTS = {
    RolloutState.RUNNING: (N_("on its way"), "quiet"),
    RolloutState.DONE: (N_("done"), "calm"),
    RolloutState.STOPPED: (N_("stopped by a failure"), "bad"),
    RolloutState.ABORTED: (N_("aborted"), "quiet"),
}
HELD_UP = {
    "offline": N_("waits until it is heard"),
    "unsent": N_("waits until its signals are sent"),
}


def fault(word: str) -> str:
    return _(FAULTS[word]) if word in FAULTS else word


def told(report: UpdateReport) -> str:
    """What a station says of its newest order."""
    if report.fault is not None:
        return fault(report.fault.value)
    return _(STEPS[report.step])
