from datetime import UTC, datetime

import pytest

from kanban_device.clock import BUILD_YEAR, SystemClock, is_disciplined, quality
from kanban_protocol.signals import Clock as ClockQuality

THEN_S = datetime(BUILD_YEAR, 6, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("wall_s", "disciplined", "wanted"),
    [
        (0.0, True, ClockQuality.UNSET),
        (THEN_S, False, ClockQuality.HELD),
        (THEN_S, True, ClockQuality.SYNC),
    ],
)
def test_the_quality_of_the_wall_clock(wall_s: float, disciplined: bool, wanted: ClockQuality) -> None:
    assert quality(wall_s, disciplined) is wanted


def test_a_stamp_is_of_the_moment_and_not_of_the_asking() -> None:
    clock = SystemClock(lambda: THEN_S)
    stamp = clock.stamp(clock.now_s() - 5.0)
    assert abs(stamp.wall_ms - (THEN_S - 5.0) * 1000) < 1_000
    assert len(stamp.boot) == 8


def test_a_wall_clock_before_1970_gives_no_negative_time() -> None:
    clock = SystemClock(lambda: 0.0)
    assert clock.stamp(clock.now_s() - 100.0).wall_ms == 0


def test_the_kernel_can_be_asked() -> None:
    assert is_disciplined() in (True, False)
