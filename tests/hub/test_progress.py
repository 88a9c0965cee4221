from hypothesis import given
from hypothesis import strategies as st

from kanban_hub.progress import Progress

PAINT = ("paint", "9f2c61d0a7b34e55")


def test_the_contiguous_number_waits_for_a_gap() -> None:
    progress = Progress()
    for seq in (1, 3, 4):
        progress.add(*PAINT, seq)
    assert progress.contiguous[PAINT] == 1
    progress.add(*PAINT, 2)
    assert progress.contiguous[PAINT] == 4


def test_what_was_beyond_at_the_last_commit_is_known_after_a_restart() -> None:
    progress = Progress({PAINT: 1}, [(*PAINT, 3), (*PAINT, 4)])
    assert progress.contiguous[PAINT] == 1
    progress.add(*PAINT, 2)
    assert progress.contiguous[PAINT] == 4


def test_a_gap_that_was_closed_by_what_is_beyond_is_closed_at_the_start() -> None:
    assert Progress({PAINT: 1}, [(*PAINT, 2)]).contiguous[PAINT] == 2


def test_an_epoch_that_begins_beyond_has_nothing_contiguous() -> None:
    progress = Progress()
    progress.add(*PAINT, 1_000_000_000)
    assert progress.of_station("paint") == {PAINT[1]: 0}


def test_each_station_and_epoch_counts_by_itself() -> None:
    progress = Progress()
    progress.add("paint", "a", 1)
    progress.add("paint", "b", 1)
    progress.add("assembly", "a", 1)
    progress.add("paint", "a", 2)
    assert progress.of_station("paint") == {"b": 1, "a": 2}
    assert list(progress.of_station("paint")) == ["b", "a"]


@given(st.permutations(range(1, 12)), st.integers(0, 11))
def test_the_order_and_a_restart_in_between_change_nothing(order: list[int], taken: int) -> None:
    progress = Progress()
    for seq in order[:taken]:
        progress.add(*PAINT, seq)
    contiguous = dict(progress.contiguous)
    beyond = [(*PAINT, seq) for seq in order[:taken] if seq > contiguous.get(PAINT, 0)]
    again = Progress(contiguous, beyond)
    for seq in [*order[taken:], *order]:
        again.add(*PAINT, seq)
    assert again.contiguous == {PAINT: 11}
