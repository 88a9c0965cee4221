from hypothesis import given, settings
from hypothesis import strategies as st

from kanban_protocol.backoff import Backoff

attempts = st.integers(0, 100_000)
draws = st.floats(0, 1, exclude_max=True)


@settings(deadline=None)
@given(attempts, draws)
def test_a_delay_is_never_under_the_floor_and_never_over_the_cap(attempt: int, draw: float) -> None:
    assert 0.25 <= Backoff().delay_s(attempt, lambda: draw) <= 20.0


@settings(deadline=None)
@given(attempts, draws)
def test_a_later_attempt_never_waits_less_at_the_same_draw(attempt: int, draw: float) -> None:
    backoff = Backoff()
    assert backoff.delay_s(attempt, lambda: draw) <= backoff.delay_s(attempt + 1, lambda: draw)


def test_the_limits_grow_by_their_factor_up_to_the_cap() -> None:
    backoff = Backoff(first_s=1.0, longest_s=5.0, factor=2.0)
    assert [backoff.delay_s(n, lambda: 1.0) for n in range(5)] == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_twenty_stations_do_not_come_back_at_one_instant() -> None:
    delays_s = {round(Backoff().delay_s(5), 2) for _ in range(20)}
    assert len(delays_s) > 5


def test_who_is_refused_asks_once_a_minute() -> None:
    assert Backoff().refused_s == 60.0
