import pytest

from kanban_device.floor import Validity, floor_s

BUILT_S = 1_000.0
CERTIFICATE = Validity(2_000.0, 9_000.0)
AUTHORITY = Validity(1_500.0, 90_000.0)


@pytest.mark.parametrize(
    ("kept_s", "certificates", "wanted_s"),
    [
        (None, (), BUILT_S),
        (500.0, (), BUILT_S),
        (3_000.0, (), 3_000.0),
        (None, (CERTIFICATE,), 2_000.0),
        (None, (AUTHORITY, CERTIFICATE), 2_000.0),
        (1_700.0, (AUTHORITY, CERTIFICATE), 2_000.0),
        (5_000.0, (AUTHORITY, CERTIFICATE), 5_000.0),
        (None, (Validity(10.0, 20.0),), BUILT_S),
    ],
)
def test_the_floor_is_the_newest_time_that_has_been_for_sure(
    kept_s: float | None, certificates: tuple[Validity, ...], wanted_s: float
) -> None:
    assert floor_s(BUILT_S, kept_s, certificates) == wanted_s


def test_a_kept_time_after_the_end_of_every_certificate_does_not_lock_the_station_out() -> None:
    assert floor_s(BUILT_S, 90_000.0, (AUTHORITY, CERTIFICATE)) == 90_000.0
    assert floor_s(BUILT_S, 90_000.1, (AUTHORITY, CERTIFICATE)) == 2_000.0
