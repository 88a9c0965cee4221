"""Keeping accounts."""

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.errors import (
    AccountError,
    AccountFaultError,
    InvitationError,
    LogInError,
    PasswordError,
    UnknownAccountError,
)
from kanban_hub.accounts.register import FIRST_FOR_MS, INVITED_FOR_MS, Wanted
from tests.hub.accounts.desk import PASSWORD, Desk
from tests.hub.web.site import PLANT

NEW = "a lamp that blinks"
SUPERVISOR = Wanted([AccountRole.SUPERVISOR])


def first(desk: Desk) -> str:
    link = desk.register.invite_first()
    assert link is not None
    return link


def test_the_first_account_is_an_admin_and_its_link_works_once() -> None:
    desk = Desk()
    link = first(desk)

    assert desk.register.accept(link, "Root", (PASSWORD, PASSWORD)) == "root"

    assert desk.is_in(desk.log_in("root"))
    assert [account.roles for account in desk.register.accounts()] == [{AccountRole.ADMIN}]
    with pytest.raises(InvitationError):
        desk.register.accept(link, "second", (PASSWORD, PASSWORD))
    assert desk.register.invite_first() is None


def test_the_first_link_ends_after_an_hour_with_the_next_start_and_with_any_account() -> None:
    desk = Desk()
    slow = first(desk)
    desk.later(FIRST_FOR_MS / 1000)
    before, last = first(desk), first(desk)
    for link in (slow, before, "x", ""):
        with pytest.raises(InvitationError):
            desk.register.invited(link)
    assert desk.register.invited(last).account is None

    desk.add("root", AccountRole.ADMIN)
    with pytest.raises(InvitationError):
        desk.register.accept(last, "intruder", (PASSWORD, PASSWORD))


def test_looking_at_a_link_and_typing_wrongly_do_not_use_it_up(desk: Desk) -> None:
    link = desk.register.add("carl", SUPERVISOR, by="root")
    for _ in range(3):
        assert desk.register.invited(link).account == "carl"
    with pytest.raises(PasswordError):
        desk.register.accept(link, "", (PASSWORD, NEW))

    assert desk.register.accept(link, "root", (PASSWORD, PASSWORD)) == "carl", "the name is not the guest's"


def test_an_account_waits_for_its_password_and_its_link_for_a_day(desk: Desk) -> None:
    link = desk.register.add("carl", SUPERVISOR, by="root")
    with pytest.raises(LogInError):
        desk.log_in("carl", "")

    desk.later(INVITED_FOR_MS / 1000)
    with pytest.raises(InvitationError):
        desk.register.invited(link)


def test_a_disabled_account_loses_its_sessions_and_its_link_at_once(desk: Desk) -> None:
    session, link = desk.log_in(), desk.register.add("carl", SUPERVISOR, by="root")

    desk.register.disable("anna", by="root")
    desk.register.disable("carl", by="root")

    assert not desk.is_in(session)
    with pytest.raises(InvitationError):
        desk.register.invited(link)


def test_a_reset_voids_the_password_and_lets_a_disabled_one_in_again(desk: Desk) -> None:
    session = desk.log_in()
    desk.register.disable("anna", by="root")
    link = desk.register.reset("anna", by="root")
    assert not desk.is_in(session)
    with pytest.raises(LogInError):
        desk.log_in()

    desk.register.accept(link, "", (NEW, NEW))
    assert desk.is_in(desk.log_in(password=NEW))
    assert not desk.is_in(session)


def test_another_password_ends_all_sessions_of_the_account(desk: Desk) -> None:
    here, there, other = desk.log_in(), desk.log_in(), desk.log_in("root")

    desk.register.change_password("anna", PASSWORD, (NEW, NEW))

    assert [desk.is_in(session) for session in (here, there, other)] == [False, False, True]
    assert desk.is_in(desk.log_in(password=NEW))


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", NEW), (PASSWORD, PASSWORD), (PASSWORD, "short"), ("", NEW)]
)
def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(desk: Desk, old: str, new: str) -> None:
    session = desk.log_in()
    with pytest.raises(AccountError):
        desk.register.change_password("anna", old, (new, new))

    assert desk.is_in(session)
    assert desk.is_in(desk.log_in())


def test_the_last_admin_stays(desk: Desk) -> None:
    with pytest.raises(AccountFaultError, match="last admin"):
        desk.register.disable("root", by="root")
    with pytest.raises(AccountFaultError, match="last admin"):
        desk.register.change("root", SUPERVISOR, by="root")

    desk.add("second", AccountRole.ADMIN)
    desk.register.disable("root", by="second")
    assert [one.name for one in desk.register.accounts() if one.is_disabled] == ["root"]


def test_roles_hold_from_the_next_look_on(desk: Desk) -> None:
    session = desk.log_in()
    desk.register.change("anna", Wanted([AccountRole.QUALITY]), by="root")

    account = desk.sessions.account(session)
    assert account is not None
    assert account.roles == {AccountRole.QUALITY}


@pytest.mark.parametrize("name", ["", " ", "-anna", "an na", "ännä", "a" * 33, "anna/../root", "<b>", "ANNA"])
def test_a_name_is_short_plain_and_not_taken(desk: Desk, name: str) -> None:
    with pytest.raises(AccountFaultError):
        desk.register.add(name, SUPERVISOR, by=None)


@pytest.mark.parametrize(
    ("roles", "station", "said"),
    [
        ([], None, "needs a role"),
        (["screen"], None, "no role of an account"),
        (["supplier"], None, "needs the station"),
        (["supplier"], "nowhere", "no station"),
        (["supplier"], "castings", "a link, not an account"),
        (["operator"], "paint", "Only a supplier"),
    ],
)
def test_what_an_account_cannot_be_is_said(roles: list[str], station: str | None, said: str) -> None:
    with pytest.raises(AccountFaultError, match=said):
        Wanted([AccountRole(role) for role in roles], station).check(PLANT)


def test_an_account_that_is_not_there_is_named(desk: Desk) -> None:
    for attempt in (desk.register.disable, desk.register.reset, desk.register.end_sessions):
        with pytest.raises(UnknownAccountError, match="carl"):
            attempt("carl", None)
