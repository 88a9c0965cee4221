"""What can happen to a card. All of it stands in `RULES`, nowhere else; what is not there is refused."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Whether the card takes part at all. Lost and retired are for ever: the number is void."""

    ACTIVE = "active"
    HELD = "held"
    LOST = "lost"
    RETIRED = "retired"


class State(StrEnum):
    """Where the card is on its way round, in the order of the way."""

    FULL = "full"  # a full container stands at the consumer
    COLLECTING = "collecting"  # emptied; waits until its batch is complete
    REQUESTED = "requested"  # the signal is given: the supplier's lamp is lit
    ACCEPTED = "accepted"  # the supplier has seen it
    IN_PROCESS = "in_process"  # it is being made or picked
    DONE = "done"  # made, waits for transport
    IN_TRANSIT = "in_transit"  # on the way to the consumer
    QUARANTINED = "quarantined"  # the container is bad or doubted; nothing may use or ship it


class Move(StrEnum):
    PULL = "pull"
    TAKE = "take"
    RELEASE = "release"
    ACCEPT = "accept"
    START = "start"
    FINISH = "finish"
    SHIP = "ship"
    RECEIVE = "receive"
    FAIL = "fail"
    CLEAR = "clear"
    REWORK = "rework"
    SCRAP = "scrap"
    RETURN = "return"
    UNDO = "undo"


class Role(StrEnum):
    """Who may make a move. A station is consumer in one loop and supplier in another."""

    CONSUMER = "consumer"
    SUPPLIER = "supplier"
    HUB = "hub"
    SUPERVISOR = "supervisor"
    QUALITY = "quality"
    CUSTOMER = "customer"
    ADMIN = "admin"  # makes no moves: changes the plant


@dataclass(frozen=True)
class Rule:
    """One row of the table: from which states, to which, by whom."""

    sources: frozenset[State]
    targets: frozenset[State]
    roles: frozenset[Role]


def _rule(sources: set[State], targets: set[State], *roles: Role) -> Rule:
    return Rule(frozenset(sources), frozenset(targets), frozenset(roles))


_ASKED = {State.REQUESTED, State.ACCEPTED, State.IN_PROCESS, State.DONE}
_FAILABLE = {State.FULL, State.IN_PROCESS, State.DONE, State.IN_TRANSIT}

RULES: dict[Move, Rule] = {
    # `collecting` in a loop with a batch, `requested` in all others
    Move.PULL: _rule({State.FULL}, {State.REQUESTED, State.COLLECTING}, Role.CONSUMER),
    # one container out of a signal loop's stock; at the reorder point the one card of the loop is asked for
    Move.TAKE: _rule(
        _ASKED | {State.FULL, State.IN_TRANSIT}, _ASKED | {State.FULL, State.IN_TRANSIT}, Role.CONSUMER
    ),
    Move.RELEASE: _rule({State.COLLECTING}, {State.REQUESTED}, Role.HUB, Role.SUPERVISOR),
    Move.ACCEPT: _rule({State.REQUESTED}, {State.ACCEPTED}, Role.SUPPLIER),
    Move.START: _rule({State.REQUESTED, State.ACCEPTED}, {State.IN_PROCESS}, Role.SUPPLIER),
    Move.FINISH: _rule({State.REQUESTED, State.ACCEPTED, State.IN_PROCESS}, {State.DONE}, Role.SUPPLIER),
    Move.SHIP: _rule(_ASKED, {State.IN_TRANSIT}, Role.SUPPLIER),
    Move.RECEIVE: _rule(_ASKED | {State.IN_TRANSIT}, {State.FULL}, Role.CONSUMER),
    Move.FAIL: _rule(_FAILABLE, {State.QUARANTINED}, Role.CONSUMER, Role.SUPPLIER),
    # back to the state before the fail
    Move.CLEAR: _rule({State.QUARANTINED}, _FAILABLE, Role.QUALITY),
    Move.REWORK: _rule({State.QUARANTINED}, {State.IN_PROCESS}, Role.QUALITY),
    # the state stays, the standing becomes `retired`
    Move.SCRAP: _rule({State.QUARANTINED}, {State.QUARANTINED}, Role.QUALITY),
    # the container goes back to the supplier, who owes a good one
    Move.RETURN: _rule({State.QUARANTINED}, {State.REQUESTED}, Role.QUALITY),
    # back to the state before the last move, by the same station within its time, by a supervisor later
    Move.UNDO: _rule(set(State), set(State), Role.CONSUMER, Role.SUPPLIER, Role.SUPERVISOR),
}

# The optional steps that a loop may name, in the order of the way, and the state that each leads to.
STEPS: dict[Move, State] = {
    Move.ACCEPT: State.ACCEPTED,
    Move.START: State.IN_PROCESS,
    Move.FINISH: State.DONE,
    Move.SHIP: State.IN_TRANSIT,
}

# Asked for and not yet shipped: what a supplier has to serve.
OPEN = frozenset(_ASKED)
# A container with goods in it stands somewhere.
FILLED = frozenset({State.FULL, State.DONE, State.IN_TRANSIT})
