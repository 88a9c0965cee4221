from collections.abc import Callable
from dataclasses import replace

import pytest

from kanban_device.progress import Progress, standstills

NOW_S = 1_000.0
WELL = Progress(turned_at_s=NOW_S, committed_at_s=NOW_S, linked_at_s=NOW_S, panel_at_s=NOW_S)


def test_nothing_stands_still_while_every_part_turns() -> None:
    assert standstills(WELL, NOW_S) == ()


@pytest.mark.parametrize(
    ("part", "most_s", "since"),
    [
        ("main loop", 5.0, lambda at_s: replace(WELL, turned_at_s=at_s)),
        ("outbox", 60.0, lambda at_s: replace(WELL, committed_at_s=at_s)),
        ("link to the broker", 120.0, lambda at_s: replace(WELL, linked_at_s=at_s)),
        ("panel", 5.0, lambda at_s: replace(WELL, panel_at_s=at_s)),
    ],
)
def test_each_part_alone_is_found_when_its_time_is_over(
    part: str, most_s: float, since: Callable[[float], Progress]
) -> None:
    assert standstills(since(NOW_S - most_s), NOW_S) == ()
    assert standstills(since(NOW_S - most_s - 0.1), NOW_S) == (part,)


def test_a_dead_thread_of_the_pins_library_is_found() -> None:
    assert standstills(replace(WELL, hears_edges=False), NOW_S) == ("reporting of presses",)
