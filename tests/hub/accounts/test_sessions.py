"""Logging in, staying in, and being out."""

import pytest

from kanban_hub.accounts.account import Access
from kanban_hub.accounts.errors import LogInError, TooManyTriesError
from kanban_hub.accounts.password import Hashing
from kanban_hub.accounts.sessions import IDLE_MS, LONGEST_MS, OF_ACCOUNT, OF_ADDRESS, OF_PAIR, Sessions
from tests.hub.accounts.desk import HOME, PASSWORD, QUICK, Desk

WRONG = "not the password"


def refused(desk: Desk, name: str = "anna", password: str = WRONG, address: str = HOME) -> str:
    with pytest.raises((LogInError, TooManyTriesError)) as caught:
        desk.log_in(name, password, address)
    return str(caught.value)


def test_whoever_knows_the_password_is_in_under_the_accounts_roles(desk: Desk) -> None:
    session = desk.log_in(" Anna ")

    account = desk.sessions.account(session)
    assert account is not None
    assert account.name == "anna"
    assert not desk.is_in(session[:-1])


def test_no_secret_of_a_session_is_in_the_store(desk: Desk) -> None:
    session = desk.log_in()

    assert session not in repr(desk.store._tables.access)
    assert PASSWORD not in repr(desk.store._tables.access)


def test_unknown_wrong_disabled_and_without_password_are_told_the_same(desk: Desk) -> None:
    desk.add("out")
    desk.register.disable("out", by=None)
    desk.register.reset("root", by=None)

    told = {
        refused(desk, "anna", WRONG),
        refused(desk, "nobody", PASSWORD),
        refused(desk, "out", PASSWORD),
        refused(desk, "root", PASSWORD),
        refused(desk, "", ""),
    }

    assert len(told) == 1


class CountingHashing(Hashing):
    """Counts how often it works."""

    def __init__(self) -> None:
        super().__init__(QUICK.method)
        object.__setattr__(self, "looked_at", [])

    def fits(self, password: str, known: str) -> bool:
        self.looked_at.append(known.split("$", maxsplit=1)[0])  # type: ignore[attr-defined]  # set above
        return super().fits(password, known)


@pytest.mark.parametrize("name", ["anna", "nobody", "out"])
def test_every_refusal_takes_the_work_of_one_hash(desk: Desk, name: str) -> None:
    desk.add("out")
    desk.register.disable("out", by=None)
    counting = CountingHashing()
    sessions = Sessions(desk.store, counting, desk.now_ms, lambda: desk.now_s)

    with pytest.raises(LogInError):
        sessions.log_in(name, WRONG, HOME)

    assert counting.looked_at == [QUICK.method]  # type: ignore[attr-defined]  # set in its __init__


def test_a_session_without_use_ends(desk: Desk) -> None:
    session = desk.log_in()
    desk.later(IDLE_MS / 1000 - 1)
    assert desk.is_in(session)
    desk.later(IDLE_MS / 1000 - 1)
    assert desk.is_in(session), "each use begins the time anew"

    desk.later(IDLE_MS / 1000)
    assert not desk.is_in(session)


def test_a_session_that_is_always_used_ends_too(desk: Desk) -> None:
    session = desk.log_in()
    for _ in range(LONGEST_MS // 3_600_000 - 1):
        desk.later(3_600)
        assert desk.is_in(session)

    desk.later(3_600)
    assert not desk.is_in(session)


def test_sessions_that_are_over_are_forgotten_at_the_next_log_in(desk: Desk) -> None:
    for _ in range(3):
        desk.log_in()
    desk.later(LONGEST_MS / 1000 + 1)

    desk.log_in()

    assert len(desk.store._tables.access.sessions) == 1


def test_five_tries_a_minute_for_one_account_from_one_address(desk: Desk) -> None:
    told = [refused(desk) for _ in range(OF_PAIR + 1)]
    assert "too often" not in told[-2]
    assert "too often" in told[-1]

    assert "too often" in refused(desk, password=PASSWORD), "the right password is not tried either"
    assert desk.is_in(desk.log_in(address="10.0.0.8")), "somebody else's tries lock nobody out"
    desk.later(60)
    assert desk.is_in(desk.log_in())


def test_many_addresses_together_are_bounded_for_one_account(desk: Desk) -> None:
    for number in range(OF_ACCOUNT):
        assert "too often" not in refused(desk, address=f"10.0.1.{number}")

    assert "too often" in refused(desk, address="10.0.2.1")
    assert desk.is_in(desk.log_in("root", address="10.0.2.1"))


def test_many_accounts_together_are_bounded_for_one_address_known_or_not(desk: Desk) -> None:
    for number in range(OF_ADDRESS):
        assert "too often" not in refused(desk, f"name-{number}")

    assert "too often" in refused(desk, "anna", PASSWORD)
    assert "too often" in refused(desk, "nobody")


def test_logging_out_ends_this_session_and_no_other(desk: Desk) -> None:
    here, there = desk.log_in(), desk.log_in()

    desk.sessions.end(here, HOME)

    assert (desk.is_in(here), desk.is_in(there)) == (False, True)


def test_the_log_tells_who_came_in_and_keeps_no_name_that_is_not_known(desk: Desk) -> None:
    session = desk.log_in()
    desk.sessions.end(session, HOME)
    refused(desk, "my-secret-password")
    refused(desk)

    entries = desk.register.log(4)[::-1]
    assert [(entry.what, entry.about) for entry in entries] == [
        (Access.LOGGED_IN, "anna"),
        (Access.LOGGED_OUT, "anna"),
        (Access.REFUSED, None),
        (Access.REFUSED, "anna"),
    ]
    assert {entry.address for entry in entries} == {HOME}
