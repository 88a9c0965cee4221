from typing import Any

import pytest

from kanban_device.retreat import (
    FIRST_CLIMB_S,
    STARTS_MOST,
    Level,
    Starts,
    climb_after_s,
    climbed,
    proved,
    started,
    without,
)

RELEASE = 7


def starts(count: int, before: Starts | None = None) -> Starts:
    """After `count` starts of which none was good."""
    now = before or Starts(RELEASE)
    for _ in range(count):
        now = started(now, RELEASE)
    return now


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (1, Level.NOTHING),
        (STARTS_MOST, Level.NOTHING),
        (STARTS_MOST + 1, Level.SCANNERS),
        (2 * STARTS_MOST, Level.SCANNERS),
        (2 * STARTS_MOST + 1, Level.EXTRAS),
        (3 * STARTS_MOST + 1, Level.HARDWARE),
        (1_000, Level.HARDWARE),
    ],
)
def test_each_row_of_bad_starts_leaves_one_part_more_off_and_the_last_never_gives_up(
    count: int, level: Level
) -> None:
    assert starts(count).level is level


def test_a_good_start_begins_the_row_anew() -> None:
    now = proved(starts(STARTS_MOST))
    assert starts(STARTS_MOST, now).level is Level.NOTHING


def test_what_is_left_off_stays_off_while_the_program_runs_well() -> None:
    now = proved(starts(STARTS_MOST + 1))
    assert started(now, RELEASE).level is Level.SCANNERS


def test_nothing_is_tried_again_where_nothing_is_left_off() -> None:
    assert climb_after_s(starts(3)) is None


def test_one_part_more_is_tried_and_a_single_bad_start_leaves_it_off_again() -> None:
    trial = started(climbed(proved(starts(STARTS_MOST + 1))), RELEASE)
    assert trial.level is Level.NOTHING
    assert started(trial, RELEASE).level is Level.SCANNERS


def test_a_part_that_fails_again_and_again_is_tried_less_and_less_often_but_for_ever() -> None:
    now, waits_s = proved(starts(STARTS_MOST + 1)), []
    for _ in range(6):
        wait_s = climb_after_s(now)
        assert wait_s is not None
        waits_s.append(wait_s / FIRST_CLIMB_S)
        now = proved(starts(2, climbed(now)))
    assert waits_s == [1, 2, 4, 8, 8, 8]


def test_from_network_only_a_mended_station_comes_back_to_everything() -> None:
    now = starts(99)
    for level in (Level.EXTRAS, Level.SCANNERS, Level.NOTHING):
        now = proved(started(climbed(proved(now)), RELEASE))
        assert now.level is level
    assert now == Starts(RELEASE)


def test_another_release_is_a_new_beginning() -> None:
    assert started(starts(99), RELEASE + 1) == Starts(RELEASE + 1, bad=1)


FILE: dict[str, Any] = {
    "station": {"id": "a"},
    "mqtt": {"url": "mqtt://x"},
    "timing": {"undo_s": 3},
    "hardware": {
        "pins": "lgpio",
        "slots": [{"slot": 1}],
        "quality": {"button": 5},
        "help": {"button": 6},
        **{part: {"x": 1} for part in ("stack", "network_lamp", "buzzer", "display")},
        "scanners": [{"port": "/dev/x"}],
    },
}


def test_each_level_leaves_off_what_it_says() -> None:
    def left(level: Level) -> set[str]:
        return set(FILE["hardware"]) - set(without(FILE, level)["hardware"])

    assert left(Level.NOTHING) == set()
    assert left(Level.SCANNERS) == {"scanners"}
    assert left(Level.EXTRAS) == {"scanners", "stack", "network_lamp", "buzzer", "display"}
    assert without(FILE, Level.HARDWARE) == {
        "station": {"id": "a"},
        "mqtt": {"url": "mqtt://x"},
        "hardware": {},
    }


def test_a_file_without_or_with_a_senseless_table_of_hardware_is_taken_too() -> None:
    for data in ({"hardware": 5}, {}):
        assert without(data, Level.EXTRAS) == data
        assert without(data, Level.HARDWARE) == {"hardware": {}}
