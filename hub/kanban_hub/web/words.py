"""How the board says it: in the words of the glossary, coarse where exact would only flicker."""

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.moves import State

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_HOURS_UNTIL_DAYS = 48
_MINUTES_UNTIL_HOURS = 120
# Near starvation a minute is coarse; below it ten seconds are the least that is worth a change.
_MINUTES_EXACT, _STEP_S = 3, 10

STATES: dict[State, str] = {state: state.value.replace("_", " ") for state in State}

CALLS: dict[CallKind, str] = {
    CallKind.QUALITY: "Quality fail",
    CallKind.MATERIAL: "Cannot deliver",
    CallKind.HELP: "Help",
    CallKind.MACHINE: "Machine",
}
CALL_STATES: dict[CallState, str] = {
    CallState.RAISED: "not taken yet",
    CallState.TAKEN: "taken",
    CallState.ARRIVED: "help is there",
    CallState.SOLVED: "solved",
    CallState.CLOSED: "closed",
    CallState.REJECTED: "was none",
    CallState.WITHDRAWN: "withdrawn",
}


def call(one: AndonCall) -> str:
    """How an open call stands."""
    level = f"level {one.level}" if one.level else ""
    stopped = "line stopped" if one.stopped_ms is not None else ""
    return ", ".join(part for part in (CALL_STATES[one.state], level, stopped) if part)


def age(age_s: float) -> str:
    """How long ago, in whole minutes, hours or days."""
    if age_s < _MINUTE_S:
        return "< 1 min"
    return duration(age_s / _MINUTE_S)


def duration(minutes: float) -> str:
    """A time of at least 0 minutes."""
    if minutes < _MINUTES_EXACT:
        return f"{int(minutes * _MINUTE_S // _STEP_S * _STEP_S)} s"
    if minutes < _MINUTES_UNTIL_HOURS:
        return f"{int(minutes)} min"
    hours = int(minutes * _MINUTE_S // _HOUR_S)
    return f"{hours} h" if hours < _HOURS_UNTIL_DAYS else f"{hours * _HOUR_S // _DAY_S} d"


def spare(minutes: float) -> str:
    """The time that is left, or lacks, until the consumer starves."""
    return f"{duration(-minutes)} short" if minutes < 0 else f"{duration(minutes)} to spare"
