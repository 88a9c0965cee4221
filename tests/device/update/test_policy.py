from datetime import UTC, datetime, timedelta

import pytest

from kanban_device.update import course
from kanban_device.update.errors import NotAllowedError
from kanban_device.update.policy import Now, check, known_time
from kanban_device.update.state import State
from kanban_protocol.messages import UpdateFault
from kanban_protocol.release import Manifest, ReleaseFile
from kanban_protocol.signals import Clock

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def manifest(number: int = 12, made_at: datetime = NOON, days: int = 365) -> Manifest:
    file = ReleaseFile(name="a.whl", sha256="0" * 64, size_bytes=1, python="py3", machine="any")
    return Manifest(
        v=1,
        number=number,
        version="1",
        made_at=made_at,
        expires_at=made_at + days * DAY,
        minimum=0,
        files=[file],
    )


@pytest.mark.parametrize("quality", [Clock.HELD, Clock.UNSET])
@pytest.mark.parametrize("wall", [NOON - 9_000 * DAY, NOON + 9_000 * DAY])
def test_a_clock_that_nobody_steers_decides_nothing(wall: datetime, quality: Clock) -> None:
    now = Now(wall, quality)

    check(manifest(days=1), State(), now, force=False)
    assert known_time(State(), now) is None


def test_what_the_newest_release_tells_of_the_time_holds_without_a_clock() -> None:
    state = course.seen(State(), manifest(number=11, made_at=NOON + 40 * DAY))
    state = course.seen(state, manifest(number=11, made_at=NOON))

    assert known_time(state, Now(NOON - 9_000 * DAY, Clock.UNSET)) == NOON + 40 * DAY
    with pytest.raises(NotAllowedError) as caught:
        check(manifest(days=30), state, Now(NOON, Clock.UNSET), force=True)
    assert caught.value.fault is UpdateFault.EXPIRED


def test_a_clock_that_is_right_decides_to_the_moment() -> None:
    check(manifest(days=30), State(), Now(NOON + 30 * DAY, Clock.SYNC), force=False)
    with pytest.raises(NotAllowedError):
        check(manifest(days=30), State(), Now(NOON + 30 * DAY + DAY / 86_400, Clock.SYNC), force=False)


def test_force_lets_no_older_release_in() -> None:
    with pytest.raises(NotAllowedError) as caught:
        check(manifest(11), State(running=10, highest=12), Now(NOON, Clock.SYNC), force=True)

    assert caught.value.fault is UpdateFault.OLDER
