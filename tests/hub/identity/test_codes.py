"""One-time codes: for one station, for a time, for five tries, for one use."""

import pytest

from kanban_hub.accounts.account import Access
from kanban_hub.identity import code
from kanban_hub.identity.codes import LIFE_LEAST_S, LIFE_MOST_S, LIFE_S
from kanban_hub.identity.errors import (
    ExpiredCodeError,
    LifeError,
    NoCodeError,
    OtherStationsCodeError,
    TooManyTriesError,
    UnknownStationError,
    WithdrawnCodeError,
    WrongCodeError,
)
from tests.hub.identity.desk import ADDRESS, Desk

WRONG = "AAAAA-AAAAA"


def test_a_code_has_ten_signs_and_only_its_slow_hash_is_kept(desk: Desk) -> None:
    issued = desk.codes.issue("paint", "anna")

    assert len(code.plain(issued.text)) == code.SIGNS
    assert code.plain(issued.text) not in repr(desk.codes.all())
    assert code.fits(issued.text, issued.code.digest)
    assert code.digest(issued.text) != code.digest(issued.text)
    assert desk.log() == [(Access.CODE_ADDED, "anna", "paint")]


@pytest.mark.parametrize("typed", ["abcde-2oi7b", " ABCDE 2OI7B ", "abcde-2017 8"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert code.plain(typed) == "ABCDE2OI7B"


@pytest.mark.parametrize("typed", ["", "ABCDE", "ABCDE-2OI7B-C", "ABCDE-2OI7Ä", "ABCDE-2OI9B", "A" * 10_000])
def test_what_cannot_be_a_code_fits_none(typed: str) -> None:
    assert code.plain(typed) == ""
    assert not code.fits(typed, code.digest("ABCDE-2OI7B"))


def test_a_code_is_good_for_its_station_within_its_time(desk: Desk) -> None:
    issued = desk.codes.issue("paint", None)
    desk.later(LIFE_S - 1)
    assert desk.codes.tried("paint", issued.text, ADDRESS) == issued.code
    assert desk.codes.open_code("paint") == issued.code

    desk.later(1)

    assert desk.codes.open_code("paint") is None
    with pytest.raises(ExpiredCodeError):
        desk.codes.tried("paint", issued.text, ADDRESS)


def test_after_five_wrong_codes_the_right_one_is_void(desk: Desk) -> None:
    issued = desk.codes.issue("paint", None)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCodeError) as caught:
            desk.codes.tried("paint", WRONG, ADDRESS)
        assert caught.value.tries_left == left

    for text in (WRONG, issued.text):
        with pytest.raises(TooManyTriesError):
            desk.codes.tried("paint", text, ADDRESS)

    assert desk.log()[0] == (Access.JOIN_REFUSED, None, "paint")
    fresh = desk.codes.issue("paint", None)
    assert desk.codes.tried("paint", fresh.text, ADDRESS) == fresh.code


def test_the_code_of_another_station_is_said_to_be_that_and_counts_as_a_try(desk: Desk) -> None:
    mine, others = desk.codes.issue("paint", None), desk.codes.issue("packing", None)

    with pytest.raises(OtherStationsCodeError):
        desk.codes.tried("paint", others.text, ADDRESS)

    assert [one.tries for one in desk.codes.all() if one.station == "paint"] == [1]
    assert desk.codes.tried("packing", others.text, ADDRESS).tries == 0
    assert desk.codes.tried("paint", mine.text, ADDRESS).tries == 1


def test_a_new_code_withdraws_the_one_before(desk: Desk) -> None:
    first = desk.codes.issue("paint", None)
    desk.later(1)
    second = desk.codes.issue("paint", None)

    with pytest.raises(WrongCodeError):
        desk.codes.tried("paint", first.text, ADDRESS)
    assert desk.codes.tried("paint", second.text, ADDRESS).id == second.code.id


def test_a_withdrawn_code_is_void(desk: Desk) -> None:
    issued = desk.codes.issue("paint", None)
    desk.codes.withdraw("paint", "anna")

    with pytest.raises(WithdrawnCodeError):
        desk.codes.tried("paint", issued.text, ADDRESS)
    with pytest.raises(NoCodeError):
        desk.codes.withdraw("paint", "anna")
    assert (Access.CODE_WITHDRAWN, "anna", "paint") in desk.log()


def test_no_code_is_for_nobody(desk: Desk) -> None:
    with pytest.raises(NoCodeError):
        desk.codes.tried("paint", WRONG, ADDRESS)
    with pytest.raises(UnknownStationError):
        desk.codes.issue("nowhere", None)
    with pytest.raises(UnknownStationError):
        desk.codes.tried("nowhere", WRONG, ADDRESS)


@pytest.mark.parametrize("life_s", [0, LIFE_LEAST_S - 1, LIFE_MOST_S + 1])
def test_a_code_lives_a_minute_at_least_and_a_week_at_most(desk: Desk, life_s: int) -> None:
    with pytest.raises(LifeError):
        desk.codes.issue("paint", None, life_s)
    assert desk.codes.issue("paint", None, LIFE_MOST_S).code.is_open(desk.now_ms())
