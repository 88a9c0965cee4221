"""The table of moves, written out a second time as the design prints it, and every way past it."""

from itertools import product

import pytest

from kanban_hub.domain.card import Card
from kanban_hub.domain.errors import CardVoidError, DomainError, IllegalMoveError, Reason
from kanban_hub.domain.moves import RULES, STEPS, Move, Role, Standing, State

# move: from, to, who
DESIGN = {
    "pull": ("full", "requested collecting", "consumer"),
    "take": (
        "full requested accepted in_process done in_transit",
        "full requested accepted in_process done in_transit",
        "consumer",
    ),
    "release": ("collecting", "requested", "hub supervisor"),
    "accept": ("requested", "accepted", "supplier"),
    "start": ("requested accepted", "in_process", "supplier"),
    "finish": ("requested accepted in_process", "done", "supplier"),
    "ship": ("requested accepted in_process done", "in_transit", "supplier"),
    "receive": ("requested accepted in_process done in_transit", "full", "consumer"),
    "fail": ("full in_process done in_transit", "quarantined", "consumer supplier"),
    "clear": ("quarantined", "full in_process done in_transit", "quality"),
    "rework": ("quarantined", "in_process", "quality"),
    "scrap": ("quarantined", "quarantined", "quality"),
    "return": ("quarantined", "requested", "quality"),
    "undo": (
        "full collecting requested accepted in_process done in_transit quarantined",
        "full collecting requested accepted in_process done in_transit quarantined",
        "consumer supplier supervisor",
    ),
}
EVERY_CASE = list(product(State, Move, Role, Standing))


def card(state: State = State.FULL, standing: Standing = Standing.ACTIVE) -> Card:
    return Card("bracket-0001", "bracket", state, 0, standing)


def is_in_design(state: State, move: Move, role: Role) -> bool:
    sources, _, roles = DESIGN[move]
    return state in sources.split() and role in roles.split()


def test_the_table_is_the_one_of_the_design() -> None:
    as_built = {str(move): [rule.sources, rule.targets, rule.roles] for move, rule in RULES.items()}
    as_printed = {str(move): [set(cell.split()) for cell in row] for move, row in DESIGN.items()}
    assert str(as_built.keys()) == str(as_printed.keys())
    for move, cells in as_built.items():
        assert [{str(word) for word in cell} for cell in cells] == as_printed[move], move


@pytest.mark.parametrize(("state", "move", "role", "standing"), EVERY_CASE)
def test_a_move_passes_only_where_the_design_has_it(
    state: State, move: Move, role: Role, standing: Standing
) -> None:
    before = card(state, standing)
    is_usable = standing == "active" or (standing == "held" and move in ("fail", "undo"))
    if is_usable and is_in_design(state, move, role):
        before.check(move, role)
    else:
        with pytest.raises((CardVoidError, IllegalMoveError)):
            before.check(move, role)
    assert before == card(state, standing)


@pytest.mark.parametrize(
    ("state", "standing", "reason"),
    [
        (State.QUARANTINED, Standing.ACTIVE, Reason.QUARANTINED),
        (State.QUARANTINED, Standing.HELD, Reason.CARD_HELD),
        (State.FULL, Standing.ACTIVE, Reason.NOT_ALLOWED),
        (State.FULL, Standing.HELD, Reason.CARD_HELD),
        (State.FULL, Standing.LOST, Reason.CARD_LOST),
        (State.QUARANTINED, Standing.RETIRED, Reason.CARD_RETIRED),
    ],
)
def test_a_refusal_says_why(state: State, standing: Standing, reason: Reason) -> None:
    with pytest.raises(DomainError) as refused:
        card(state, standing).check(Move.SHIP, Role.SUPPLIER)
    assert (refused.value.reason, refused.value.card) == (reason, "bracket-0001")


def test_the_optional_steps_lead_along_the_way() -> None:
    way = list(State)
    ranks = [way.index(state) for state in STEPS.values()]
    assert ranks == sorted(ranks)
    assert all(state in RULES[move].targets for move, state in STEPS.items())


def test_a_number_beyond_four_digits_is_read_as_a_number() -> None:
    assert Card("bracket-10000", "bracket", State.FULL, 0).number == 10_000


def test_a_card_asked_for_at_the_first_instant_waits_since_then() -> None:
    assert Card("bracket-0001", "bracket", State.ACCEPTED, 500, asked_ms=0).waits_since_ms == 0
