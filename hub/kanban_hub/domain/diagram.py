"""The table of moves as people read it. The documentation is made from it."""

from collections.abc import Iterator

from kanban_hub.domain.moves import RULES, Move, Rule, State

# Moves from everywhere or to where the card was: as lines of the diagram they would only hide the way round.
_NOT_DRAWN = (Move.UNDO, Move.TAKE, Move.CLEAR)


def table() -> str:
    """Markdown: one row a move."""
    rows = (
        f"| `{move}` | {_states(rule.sources)} | {_targets(move, rule)} | {_roles(rule)} |"
        for move, rule in RULES.items()
    )
    return "\n".join(["| move | from | to | who |", "|---|---|---|---|", *rows])


def diagram() -> str:
    """Mermaid's state diagram of the way round."""
    return "\n".join(["stateDiagram-v2", "    [*] --> full", *dict.fromkeys(_lines())])


def _lines() -> Iterator[str]:
    for move, rule in RULES.items():
        if move in _NOT_DRAWN:
            continue
        if move is Move.SCRAP:
            yield "    quarantined --> [*]: scrap"
            continue
        for source in _ordered(rule.sources):
            for target in _ordered(rule.targets):
                yield f"    {source} --> {target}: {move}"


def _ordered(states: frozenset[State]) -> list[State]:
    return [state for state in State if state in states]


def _states(states: frozenset[State]) -> str:
    return "any" if states == frozenset(State) else ", ".join(_ordered(states))


def _targets(move: Move, rule: Rule) -> str:
    if move in (Move.UNDO, Move.CLEAR):
        return "where it was"
    return "retired" if move is Move.SCRAP else _states(rule.targets)


def _roles(rule: Rule) -> str:
    return ", ".join(sorted(rule.roles))
