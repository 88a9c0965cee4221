"""The tree of escalation in the plant's file, and what of it cannot be."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.escalation import EscalationRule, tree_of
from kanban_hub.domain.plant import STOP_WITHIN_MOST_S
from kanban_hub.language import N_, _
from kanban_hub.looptable import Id
from kanban_hub.setting import setting
from kanban_protocol.tomlfile import Fault

Within = Annotated[int, Meta(ge=1, le=30 * 86_400)]
Takt = Annotated[int, Meta(ge=1, le=86_400)]
Fails = Annotated[int, Meta(ge=2, le=100)]
StopWithin = Annotated[int, Meta(ge=1, le=STOP_WITHIN_MOST_S)]


_LEVEL = setting(N_("Level"), N_("1 is the first that a call rises to."), ge=1, le=9)
_TAKE = setting(N_("Nobody took it within"), N_("Working time from the raising of the call."), unit="s")
_SOLVE = setting(N_("Not solved within"), N_("Working time from the taking of the call."), unit="s")
_TELL = setting(
    N_("Who is told"), N_("Groups of people, as the notices file names them; never a person."), min_length=1
)
_KINDS = setting(
    N_("Kinds of calls"),
    N_("None chosen: all. A row that names the kind goes before one for all."),
    min_length=1,
)


class EscalationTable(Struct, forbid_unknown_fields=True, kw_only=True):
    level: Annotated[int, _LEVEL]
    take_within_s: Annotated[Within, _TAKE]
    solve_within_s: Annotated[Within, _SOLVE]
    tell: Annotated[list[Id], _TELL]
    kinds: Annotated[list[CallKind], _KINDS] = []


def rules_of(tables: Iterable[EscalationTable]) -> list[EscalationRule]:
    return [
        EscalationRule(
            table.level, table.take_within_s, table.solve_within_s, tuple(table.tell), tuple(table.kinds)
        )
        for table in tables
    ]


def faults(tables: list[EscalationTable]) -> Iterator[Fault]:
    """Rows that stand against each other, and levels that would be reached before those below them."""
    rules = rules_of(tables)
    for index, rule in enumerate(rules):
        if any(_is_same(rule, earlier) for earlier in rules[:index]):
            text = _("level %(level)s stands twice") % {"level": rule.level}
            yield Fault(f"escalation[{index}].level", text, _("one row for each level and kind"))
    told: set[tuple[int, str]] = set()
    for kind in CallKind:
        for lower, upper in pairwise(tree_of(rules, kind)):
            for name in ("take_within_s", "solve_within_s"):
                where = (_last(rules, upper), name)
                if getattr(upper, name) <= getattr(lower, name) and where not in told:
                    told.add(where)
                    levels = {"upper": upper.level, "lower": lower.level}
                    text = _("level %(upper)s would be reached before level %(lower)s") % levels
                    hint = _("both times count from the beginning of their clock: give the higher level more")
                    yield Fault(f"escalation[{where[0]}].{name}", text, hint)


def station_faults(
    where: str, takt_s: int | None, fails: int | None, within_s: int | None
) -> Iterator[Fault]:
    """What is wrong with the line stop of a station."""
    if (fails is None) != (within_s is None):
        name = "stop_after_fails" if within_s is None else "stop_within_s"
        text = _("says only half of it")
        yield Fault(f"{where}.{name}", text, _("give stop_after_fails and stop_within_s"))
    elif fails is not None and takt_s is None:
        text = _("without a takt no line is stopped")
        yield Fault(f"{where}.stop_after_fails", text, _("give takt_s too"))


def _is_same(one: EscalationRule, other: EscalationRule) -> bool:
    """Whether both are for the same level and, being of the same sort, for the same kind."""
    both = set(one.kinds) & set(other.kinds)
    return one.level == other.level and (bool(both) or not (one.kinds or other.kinds))


def _last(rules: list[EscalationRule], rule: EscalationRule) -> int:
    return max(index for index, known in enumerate(rules) if known == rule)
