"""How far an epoch is here without a gap."""

from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.progress import Progress


@given(st.permutations(range(1, 13)), st.integers(0, 12))
def test_any_order_comes_to_the_same_number(order: list[int], count: int) -> None:
    progress = Progress()
    for seq in order[:count]:
        progress.add("paint", "e", seq)

    here = set(order[:count])
    expected = next(n for n in range(13) if n + 1 not in here)
    assert progress.of_station("paint").get("e", 0) == expected


def test_it_goes_on_from_what_was_kept() -> None:
    progress = Progress({("paint", "e"): 4}, [("paint", "e", 6)])
    progress.add("paint", "e", 5)

    assert progress.of_station("paint") == {"e": 6}
    assert progress.of_station("assembly") == {}
