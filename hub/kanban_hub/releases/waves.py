"""What comes next in a rollout. Pure: order, stations' words and time in, the next step out.

A wave begins when every station of the one before runs the release and has been well for a while. At the
first failure no further station is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kanban_hub.releases.rollout import Rollout, RolloutState, Turn, TurnState
from kanban_protocol.messages import UpdateReport, UpdateStep

# A command is kept nowhere: who does not answer is asked again.
ASK_AGAIN_MS = 60_000
TRIES_MOST = 5
# What a station had to say of an earlier order may come once more after it was asked: a heartbeat takes 10 s.
GRACE_MS = 45_000
# Fetching and installing on a slow Pi, then the station's own trial of ten minutes.
LIMIT_MS = 2 * 3_600_000
SILENT, LATE = "silent", "late"

_ENDS = (UpdateStep.REFUSED, UpdateStep.RETURNED)


@dataclass(frozen=True)
class Seen:
    """What a station said last. `release` is None where none was installed."""

    is_online: bool
    release: int | None
    outbox: int
    report: UpdateReport | None = None

    def told(self) -> str | None:
        return (
            None if self.report is None else f"{self.report.release} {self.report.step} {self.report.fault}"
        )


@dataclass(frozen=True)
class Next:
    """`asks` are the stations to be told now, when `rollout` is stored."""

    rollout: Rollout
    asks: tuple[str, ...] = ()


def advance(rollout: Rollout, seen: Mapping[str, Seen], now_ms: int) -> Next:
    """The rollout a moment later. A station that is not in `seen` has said nothing yet."""
    if rollout.state is not RolloutState.RUNNING:
        return Next(rollout)
    turns, asks = [], []
    for turn in rollout.turns:
        one = seen.get(turn.station)
        moved = _moved(turn, one, rollout, now_ms) if one and turn.wave == rollout.wave else turn
        turns.append(moved)
        if moved.tries > turn.tries:
            asks.append(moved.station)
    if any(turn.state is TurnState.FAILED for turn in turns):
        ended = replace(rollout, turns=tuple(turns), state=RolloutState.STOPPED, ended_ms=now_ms)
        return Next(ended)
    if all(turn.state is TurnState.DONE for turn in turns):
        return Next(replace(rollout, turns=tuple(turns), state=RolloutState.DONE, ended_ms=now_ms))
    return Next(replace(rollout, turns=tuple(turns)), tuple(asks))


def is_held_up(turn: Turn, seen: Seen | None, rollout: Rollout) -> str | None:
    """Why a station that is due is not asked: `offline` or `unsent`; None when nothing stands in its way."""
    if turn.state is not TurnState.WAITING or turn.wave != rollout.wave:
        return None
    if seen is None or not seen.is_online:
        return "offline"
    return "unsent" if seen.outbox and not rollout.force else None


def _moved(turn: Turn, seen: Seen, rollout: Rollout, now_ms: int) -> Turn:
    match turn.state:
        case TurnState.WAITING:
            return _first(turn, seen, rollout, now_ms)
        case TurnState.ASKED | TurnState.UNDER_WAY:
            return _under_way(turn, seen, rollout, now_ms)
        case TurnState.PROVING:
            return _proving(turn, seen, rollout, now_ms)
    return turn


def _first(turn: Turn, seen: Seen, rollout: Rollout, now_ms: int) -> Turn:
    if is_held_up(turn, seen, rollout) is not None:
        return turn
    if _runs(seen, rollout):
        return replace(turn, state=TurnState.PROVING, since_ms=now_ms, asked_ms=now_ms)
    if seen.release is None:
        return _failed(turn, "unable", now_ms)
    asked = replace(turn, state=TurnState.ASKED, since_ms=now_ms, asked_ms=now_ms, tries=1)
    return replace(asked, before=seen.told())


def _under_way(turn: Turn, seen: Seen, rollout: Rollout, now_ms: int) -> Turn:
    if (fault := _fault(turn, seen, rollout, now_ms)) is not None:
        return _failed(turn, fault, now_ms)
    if not seen.is_online:
        return turn
    if _runs(seen, rollout):
        return replace(turn, state=TurnState.PROVING, since_ms=now_ms)
    if _is_about(seen, rollout) and seen.told() != turn.before and turn.state is TurnState.ASKED:
        return replace(turn, state=TurnState.UNDER_WAY, since_ms=now_ms)
    return _asked_again(turn, now_ms) if turn.state is TurnState.ASKED else turn


def _asked_again(turn: Turn, now_ms: int) -> Turn:
    if now_ms - (turn.since_ms or 0) < ASK_AGAIN_MS:
        return turn
    if turn.tries >= TRIES_MOST:
        return _failed(turn, SILENT, now_ms)
    return replace(turn, tries=turn.tries + 1, since_ms=now_ms)


def _proving(turn: Turn, seen: Seen, rollout: Rollout, now_ms: int) -> Turn:
    if (fault := _fault(turn, seen, rollout, now_ms)) is not None:
        return _failed(turn, fault, now_ms)
    if not seen.is_online:
        return replace(turn, since_ms=now_ms)  # it has to be well in one piece
    if not _runs(seen, rollout):
        return _failed(turn, "not_well", now_ms)
    is_proved = now_ms - (turn.since_ms or 0) >= rollout.prove_ms
    return replace(turn, state=TurnState.DONE, since_ms=now_ms) if is_proved else turn


def _fault(turn: Turn, seen: Seen, rollout: Rollout, now_ms: int) -> str | None:
    age_ms = now_ms - (turn.asked_ms or 0)
    report = seen.report
    if report is not None and _is_about(seen, rollout) and report.step in _ENDS:
        is_of_this_order = seen.told() != turn.before or age_ms > GRACE_MS
        if is_of_this_order:
            return str(report.fault or report.step)
    return LATE if age_ms > LIMIT_MS + rollout.prove_ms else None


def _runs(seen: Seen, rollout: Rollout) -> bool:
    """Whether it runs the release, and its own trial of it is over."""
    return seen.release == rollout.release and not _is_about(seen, rollout)


def _is_about(seen: Seen, rollout: Rollout) -> bool:
    return seen.report is not None and seen.report.release == rollout.release


def _failed(turn: Turn, fault: str, now_ms: int) -> Turn:
    return replace(turn, state=TurnState.FAILED, fault=fault, since_ms=now_ms)
