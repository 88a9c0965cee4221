from dataclasses import replace

import pytest

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.accounts.errors import AccountFaultError, LogInError
from kanban_hub.accounts.register import Wanted
from kanban_hub.oidc.admission import admitted
from kanban_hub.oidc.errors import NoRoleError
from kanban_hub.oidc.identity import Identity
from tests.hub.accounts.desk import HOME, PASSWORD, Desk

ANNA = Identity("https://login.example", "7", "anna", frozenset({AccountRole.SUPERVISOR}))


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.add("root", AccountRole.ADMIN)
    return made


def test_the_first_log_in_makes_an_account_and_the_next_one_finds_it(desk: Desk) -> None:
    made = admitted(desk.store, ANNA, desk.now_ms())

    assert (made.name, made.roles, made.is_local, made.password) == ("anna", ANNA.roles, False, None)
    assert admitted(desk.store, replace(ANNA, name="anna.newname"), desk.now_ms()) == made
    assert desk.is_in(desk.sessions.begun(made, HOME))
    assert desk.register.log(2)[1].what is Access.ADDED


def test_a_name_that_is_taken_never_leads_into_the_others_account(desk: Desk) -> None:
    root = admitted(desk.store, replace(ANNA, name="root"), desk.now_ms())
    second = admitted(desk.store, replace(ANNA, name="root", subject="8"), desk.now_ms())
    elsewhere = admitted(desk.store, replace(ANNA, issuer="https://other.example"), desk.now_ms())

    assert [root.name, second.name, elsewhere.name] == ["root-2", "root-3", "anna"]
    assert root.roles == ANNA.roles


def test_roles_are_those_of_the_newest_log_in_and_other_roles_end_the_sessions(desk: Desk) -> None:
    session = desk.sessions.begun(admitted(desk.store, ANNA, desk.now_ms()), HOME)

    after = admitted(desk.store, replace(ANNA, roles=frozenset({AccountRole.OPERATOR})), desk.now_ms())

    assert after.roles == {AccountRole.OPERATOR}
    assert not desk.is_in(session)


def test_no_password_ever_opens_such_an_account(desk: Desk) -> None:
    admitted(desk.store, ANNA, desk.now_ms())

    for password in ("", PASSWORD):
        with pytest.raises(LogInError):
            desk.log_in("anna", password)
    for change in (
        lambda: desk.register.reset("anna", "root"),
        lambda: desk.register.change("anna", Wanted([AccountRole.ADMIN]), "root"),
    ):
        with pytest.raises(AccountFaultError, match="kept where it logs in"):
            change()
    with pytest.raises(AccountFaultError, match="already"):
        desk.register.add("anna", Wanted([AccountRole.ADMIN]), "root")


def test_an_admin_shuts_one_out_and_lets_it_in_again(desk: Desk) -> None:
    session = desk.sessions.begun(admitted(desk.store, ANNA, desk.now_ms()), HOME)

    desk.register.disable("anna", "root")

    assert not desk.is_in(session)
    with pytest.raises(NoRoleError, match="disabled"):
        admitted(desk.store, ANNA, desk.now_ms())
    desk.register.enable("anna", "root")
    assert admitted(desk.store, ANNA, desk.now_ms()).name == "anna"
    with pytest.raises(AccountFaultError):
        desk.register.enable("root", "root")


def test_who_logs_in_elsewhere_is_shut_out_also_where_no_admin_of_the_hubs_own_is_yet() -> None:
    desk = Desk()
    admitted(desk.store, ANNA, desk.now_ms())

    desk.register.disable("anna", by=None)

    assert [account.is_disabled for account in desk.register.accounts()] == [True]


def test_an_admin_of_the_hubs_own_always_stays(desk: Desk) -> None:
    admin = replace(ANNA, roles=frozenset({AccountRole.ADMIN}))
    admitted(desk.store, admin, desk.now_ms())

    with pytest.raises(AccountFaultError, match="last admin"):
        desk.register.disable("root", "anna")


def test_the_first_account_of_a_hub_is_one_of_its_own() -> None:
    desk = Desk()
    admitted(desk.store, replace(ANNA, name="root"), desk.now_ms())

    link = desk.register.invite_first()

    assert link is not None
    with pytest.raises(AccountFaultError, match="already"):
        desk.register.accept(link, "root", (PASSWORD, PASSWORD))
    assert desk.register.accept(link, "admin", (PASSWORD, PASSWORD)) == "admin"
    assert desk.register.invite_first() is None
