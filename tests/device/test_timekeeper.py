from pathlib import Path

import pytest

from kanban_device.timekeeper import FILE, KEEP_S, Timekeeper, kept_s
from kanban_protocol.signals import Clock as ClockQuality
from tests.device.fakes import FakeClock


def test_the_time_is_kept_at_once_and_then_every_hour(tmp_path: Path) -> None:
    clock = FakeClock()
    keeper = Timekeeper(tmp_path, clock)
    seen = []
    for seconds in (0.0, 2.0, KEEP_S - 3.0, 1.0):
        clock.advance(seconds)
        keeper.turn(clock.now_s())
        seen.append(kept_s(tmp_path))
    first_s = clock.stamp(1_000.0).wall_ms / 1000
    assert seen == [first_s, first_s, first_s, first_s + KEEP_S]


def test_a_time_that_was_never_set_is_not_kept(tmp_path: Path) -> None:
    clock = FakeClock()
    clock.quality = ClockQuality.UNSET
    Timekeeper(tmp_path, clock).turn(clock.now_s())
    assert kept_s(tmp_path) is None


@pytest.mark.parametrize(("step_ms", "is_told"), [(2_000, False), (2_001, True), (-3_600_000, True)])
def test_a_clock_that_is_set_is_told_and_kept_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, step_ms: int, is_told: bool
) -> None:
    caplog.set_level("INFO")
    clock = FakeClock()
    keeper = Timekeeper(tmp_path, clock)
    keeper.turn(clock.now_s())
    clock.wall_ahead_ms += step_ms
    clock.advance(2.0)
    keeper.turn(clock.now_s())
    assert ("the wall clock was set by" in caplog.text) is is_told
    wall_s = clock.stamp(clock.now_s()).wall_ms / 1000
    assert (kept_s(tmp_path) == wall_s) is is_told


def test_a_disk_that_takes_nothing_keeps_no_time_and_stops_nobody(tmp_path: Path) -> None:
    Timekeeper(tmp_path / "gone", FakeClock()).turn(0.0)
    assert not (tmp_path / "gone" / FILE).exists()
