import pytest

from kanban_hub.domain.sizing.proposal import propose
from tests.hub.domain.shopfloor import kanban_loop


@pytest.mark.parametrize(
    ("cards", "figure", "band", "is_kept"),
    [
        (20, 21, 10.0, True),  # 5 %
        (20, 22, 10.0, False),  # 10 %: not less than the band
        (30, 33, 10.0, False),
        (20, 19, 10.0, True),
        (4, 5, 10.0, False),
        (4, 5, 30.0, True),
        (4, 4, 0.0, True),
        (100, 101, 0.0, False),
    ],
)
def test_a_difference_within_the_band_is_no_reason_to_change(
    cards: int, figure: int, band: float, is_kept: bool
) -> None:
    proposal = propose(kanban_loop(cards=cards), figure, band)
    assert proposal.is_kept is is_kept
    assert proposal.cards == (cards if is_kept else figure)
    assert proposal.text.startswith("Keep as it is" if is_kept else f"Try {figure} cards instead of {cards}")


def test_the_text_says_how_much_it_differs() -> None:
    assert propose(kanban_loop(cards=4), 5).text == "Try 5 cards instead of 4: 25 % more"
    assert propose(kanban_loop(cards=20), 19).text == "Keep as it is: 19 cards, 5 % fewer, within 10 %"


def test_a_loop_keeps_the_cards_of_one_batch() -> None:
    proposal = propose(kanban_loop(cards=6, batch=3), 2)
    assert proposal.cards == 3
    assert "(one batch; the formula says 2)" in proposal.text
