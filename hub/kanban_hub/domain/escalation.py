"""The published tree of escalation: who is told of a call, and after how much working time."""

from collections.abc import Iterable
from dataclasses import dataclass

from kanban_hub.domain.andon import AndonCall, CallKind, CallState
from kanban_hub.domain.worktime import WorkTime

# The two clocks of a call where the plant says nothing else.
TAKE_WITHIN_S = 300
SOLVE_WITHIN_S = 1800


@dataclass(frozen=True)
class EscalationRule:
    """One row: a call of `kinds` (none named: of every kind) rises to `level` when a clock runs out.

    Both clocks count seconds of working time from their own beginning: the raising, and the taking.
    `tell` are groups of people such as `team-lead`, never a person.
    """

    level: int
    take_within_s: int
    solve_within_s: int
    tell: tuple[str, ...] = ()
    kinds: tuple[CallKind, ...] = ()

    def has_run_out(self, call: AndonCall, work: WorkTime, now_ms: int) -> bool:
        """Of a call that is open: nobody took it in time, or whoever took it could not solve it in time."""
        if call.state is CallState.RAISED:
            return call.untaken_s(work, now_ms) >= self.take_within_s
        return (call.unsolved_s(work, now_ms) or 0.0) >= self.solve_within_s


DEFAULT = EscalationRule(1, TAKE_WITHIN_S, SOLVE_WITHIN_S)


def tree_of(rules: Iterable[EscalationRule], kind: CallKind) -> list[EscalationRule]:
    """The rows for calls of `kind` by level; at one level a row that names the kind goes before one for all.

    A kind without any row has the default one: no call is forgotten by leaving it out.
    """
    fitting = [rule for rule in rules if not rule.kinds or kind in rule.kinds]
    by_level = {rule.level: rule for rule in sorted(fitting, key=lambda rule: bool(rule.kinds))}
    return [by_level[level] for level in sorted(by_level)] or [DEFAULT]


def next_rule(rules: Iterable[EscalationRule], level: int) -> EscalationRule | None:
    """The row to which a call at `level` rises next, of a tree by level; `None` above the last."""
    return next((rule for rule in rules if rule.level > level), None)
