"""The pages of loops of every kind: some have no cards, some one for a lot, some collect."""

from pathlib import Path

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.plant import Item, KanbanLoop, LoopKind, Plant, Station
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site

PLANT = Plant(
    "plant",
    [Station("a", "Assembly"), Station("b", "Press")],
    [Item("x", "Cap")],
    [
        KanbanLoop("two", "x", "b", "a", 10, 2, kind=LoopKind.TWO_BIN),
        KanbanLoop("lot", "x", "b", "a", 10, 1, kind=LoopKind.SIGNAL, lot_containers=4, reorder_containers=2),
        KanbanLoop("fair", "x", "b", "a", 10, 0, kind=LoopKind.EVENT),
        KanbanLoop("batch", "x", "b", "a", 10, 6, batch=3),
    ],
)


@pytest.fixture
def anna(tmp_path: Path) -> Person:
    site = Site(tmp_path)
    site.load(PLANT)
    return account(site, "anna", AccountRole.SUPERVISOR)


@pytest.mark.parametrize("loop", PLANT.loops)
def test_a_loop_of_any_kind_is_shown_before_and_after_it_was_used(anna: Person, loop: str) -> None:
    pages = (f"/loops/{loop}", f"/loops/{loop}/sizing", f"/loops/{loop}/sizing?cards=2", "/loops")
    for page in pages:
        assert anna.open(page).status_code == 200, page
    for _ in range(3):
        for side, kind in (("a", "pull"), ("b", "advance")):
            anna.site.signal(side, kind, loop=loop)
            anna.site.hand.seconds += 600
    for page in pages:
        assert anna.open(page).status_code == 200, page


def test_a_loop_for_occasions_has_no_target_and_is_asked_for_by_hand(anna: Person) -> None:
    assert "Target" not in anna.read("/loops/fair")
    anna.fill(
        "/loops/fair", "/loops/fair/cards", amount="2", of="cards", occasion="fair", cycles="1", days="3"
    )
    assert "Take 2 one-time cards back" in anna.read("/loops/fair")


def test_what_is_not_sized_by_cards_has_no_trial_and_the_formulas_in_pieces(anna: Person) -> None:
    text = anna.read("/loops/lot/sizing")
    assert "This loop is not made greater or smaller by its number of cards." in text
    assert "Start the trial" not in text
    assert "Signal kanban, where the triangle hangs" in text


def test_fewer_cards_than_a_batch_are_told_at_the_field(anna: Person) -> None:
    page = anna.open("/loops/batch/sizing?cards=2")
    assert 'id="cards-fault"' in page.text
