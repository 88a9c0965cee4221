"""The two clocks of a call as people read them: how long, of how long, until when, and who is told then."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.andon import AndonCall, CallState
from kanban_hub.domain.escalation import EscalationRule, next_rule
from kanban_hub.domain.plant import Plant
from kanban_hub.language import _
from kanban_hub.web import words
from kanban_hub.web.instant import instant

_ALL = 100
# Nobody takes an hour within it for that of another day.
SOON_MS = 12 * 3_600_000


@dataclass(frozen=True)
class Rise:
    """What comes when the clock that runs has run out: at `due` the call rises to `level`.

    `form` is how the time is said: `time` when it is soon, else `both`.
    """

    level: int
    due: datetime
    form: str
    tell: tuple[str, ...]


@dataclass(frozen=True)
class ClockPicture:
    """`look` is `calm`, `asked` (it runs), `bad` (it has run out) or `quiet` (it has not begun).

    `share` is how much of the target is used, 0 to 100.
    """

    name: str
    look: str
    word: str
    spent: str
    target: str
    share: int


def clocks(call: AndonCall, plant: Plant, now_ms: int) -> tuple[ClockPicture, ClockPicture]:
    """To take, then to solve; each against the time after which the call rises next, or rose first."""
    work, tree = plant.worktime(call.station), plant.tree(call.kind)
    to_take = _clock(
        _("to take"),
        call.untaken_s(work, now_ms),
        _rule(tree, call, is_running=call.state is CallState.RAISED).take_within_s,
        is_running=call.state is CallState.RAISED,
    )
    has_begun = call.taken_ms is not None
    to_solve = _clock(
        _("to solve"),
        call.unsolved_s(work, now_ms),
        _rule(tree, call, is_running=call.is_open and has_begun).solve_within_s,
        is_running=call.is_open and has_begun,
    )
    return to_take, to_solve


def rise(call: AndonCall, plant: Plant, now_ms: int) -> Rise | None:
    """What comes next if nobody does anything; `None` when it has risen as far as it can, or is over."""
    rule = next_rule(plant.tree(call.kind), call.level) if call.is_open else None
    if rule is None:
        return None
    work = plant.worktime(call.station)
    due_ms = (
        work.add(call.raised_ms, rule.take_within_s)
        if call.taken_ms is None
        else work.add(call.taken_ms, rule.solve_within_s)
    )
    form = "time" if due_ms - now_ms < SOON_MS else "both"
    return Rise(rule.level, instant(due_ms), form, rule.tell)


def _rule(tree: list[EscalationRule], call: AndonCall, *, is_running: bool) -> EscalationRule:
    """The row that a clock is held against: the next while it runs, the first once it stands."""
    return (next_rule(tree, call.level) or tree[-1]) if is_running else tree[0]


def _clock(name: str, spent_s: float | None, target_s: int, *, is_running: bool) -> ClockPicture:
    target = words.duration(target_s / 60)
    if spent_s is None:
        return ClockPicture(name, "quiet", _("not begun"), "", target, 0)
    is_over = spent_s >= target_s
    look = "bad" if is_over else "asked" if is_running else "calm"
    word = {"bad": _("too long"), "asked": _("running"), "calm": _("in time")}[look]
    share = min(_ALL, round(spent_s / target_s * _ALL)) if target_s else _ALL
    return ClockPicture(name, look, word, words.age(spent_s), target, share)
