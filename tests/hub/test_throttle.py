from kanban_hub.throttle import KEYS_MOST, WINDOW_S, Throttle
from tests.hub.web.site import HandClock


def test_so_many_in_a_minute_and_no_more() -> None:
    throttle = Throttle(2, HandClock())

    assert [throttle.allows("a") for _ in range(3)] == [True, True, False]
    assert throttle.allows("b")


def test_after_a_minute_it_begins_anew() -> None:
    hand = HandClock()
    throttle = Throttle(1, hand)
    throttle.allows("a")
    hand.seconds += WINDOW_S - 1
    assert not throttle.allows("a")

    hand.seconds += 1
    assert throttle.allows("a")


def test_however_many_come_little_is_kept() -> None:
    throttle = Throttle(1, HandClock())
    for number in range(KEYS_MOST * 3):
        throttle.allows(str(number))

    assert len(throttle._tries) == KEYS_MOST
    assert throttle.allows("0")
