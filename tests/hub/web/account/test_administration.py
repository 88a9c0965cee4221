"""What an admin does with accounts and screens."""

import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import PASSWORD, Person, account, link_on
from tests.hub.web.site import HOSTILE, Site
from tests.hub.web.supplier.visitor import text_of


def test_an_account_is_added_and_its_owner_sets_the_password(site: Site, root: Person, guest: Person) -> None:
    added = root.fill("/accounts", "/accounts", name="Carl", role=["quality", "operator"])
    link = link_on(added, "welcome")
    assert link not in root.open("/accounts").get_data(as_text=True), "it is shown once"
    assert "no password yet" in root.read("/accounts")

    guest.welcome(link)

    assert guest.log_in("carl").status_code == 303
    assert "operator, quality" in guest.read("/account")


def test_a_disabled_account_loses_its_session_at_once(root: Person, anna: Person) -> None:
    assert "anna" in anna.read("/account")

    root.fill("/accounts", "/accounts/anna/disable")

    assert anna.open("/account").status_code == 303
    assert "disabled" in root.read("/accounts")
    assert anna.log_in("anna").status_code == 403


def test_a_reset_gives_a_link_that_lets_in_again(root: Person, anna: Person) -> None:
    root.fill("/accounts", "/accounts/anna/disable")
    link = link_on(root.fill("/accounts", "/accounts/anna/reset"), "welcome")

    anna.welcome(link)

    assert anna.log_in("anna").status_code == 303


def test_an_admin_logs_somebody_out_everywhere(root: Person, anna: Person) -> None:
    root.fill("/accounts", "/accounts/anna/sessions")

    assert anna.open("/account").status_code == 303
    assert anna.log_in("anna").status_code == 303


def test_other_roles_hold_from_the_next_click_on(root: Person, anna: Person) -> None:
    assert anna.open("/accounts").status_code == 403

    root.fill("/accounts", "/accounts/anna/roles", role=["admin"])

    assert anna.open("/accounts").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "root", "role": "admin"}, "already"),
        ({"name": "", "role": "admin"}, "A name has"),
        ({"name": HOSTILE, "role": "admin"}, "A name has"),
        ({"name": "carl"}, "needs a role"),
        ({"name": "carl", "role": "screen"}, "no role of an account"),
        ({"name": "carl", "role": "supplier", "station": "castings"}, "a link, not an account"),
    ],
)
def test_a_fault_is_said_and_nothing_is_added(
    site: Site, root: Person, fields: dict[str, str], said: str
) -> None:
    response = root.send("/accounts", root.form("/accounts", "/accounts") | fields)

    assert (response.status_code, said in text_of(response)) == (400, True)
    assert [one.name for one in site.parts.register.accounts()] == ["root"]


def test_the_last_admin_cannot_lock_everybody_out(root: Person) -> None:
    response = root.fill("/accounts", "/accounts/root/disable")

    assert "last admin" in text_of(response)
    assert root.open("/accounts").status_code == 200


def test_the_page_tells_who_came_in_and_what_was_changed(root: Person, anna: Person) -> None:
    root.fill("/accounts", "/accounts/anna/disable")

    told = root.read("/audit")

    assert "account disabled anna root" in told
    assert "logged in anna anna 127.0.0.1" in told


def test_only_who_may_sees_the_pages_of_admins(site: Site, anna: Person, guest: Person) -> None:
    for url in ("/accounts", "/screens"):
        assert anna.open(url).status_code == 403
        assert guest.open(url).headers["Location"] == f"/login?next=%2F{url[1:]}"
        assert url not in anna.open("/plant").get_data(as_text=True)


def test_a_screen_is_added_opened_and_taken_back(site: Site, root: Person) -> None:
    added = root.fill("/screens", "/screens", place=f" Hall 2,  {HOSTILE} "[:79])
    path = link_on(added, "screen")
    wall = Person(site)
    assert wall.open(path).headers["Location"] == "/?wall=1"
    with site.store.view() as view:
        (link,) = view.screens()

    root.fill("/screens", f"/screens/{link.id}/revoke")

    assert wall.open(path).status_code == 404
    assert "no longer works" in root.read("/screens")
    assert "screen taken back" in root.read("/audit")


def test_a_screen_needs_a_place_and_one_that_is_not_there_is_not_taken_back(root: Person) -> None:
    assert root.fill("/screens", "/screens", place="  ").status_code == 400
    fields = root.form("/screens", "/screens")
    assert root.send("/screens/000000000000/revoke", fields).status_code == 400


def test_names_are_shown_as_text(site: Site, root: Person) -> None:
    root.fill("/screens", "/screens", place=HOSTILE)

    assert "<script>alert" not in root.open("/screens").get_data(as_text=True)


def test_a_supplier_of_the_plant_has_its_station(site: Site, root: Person, guest: Person) -> None:
    added = root.fill("/accounts", "/accounts", name="pia", role=["supplier"], station="paint")
    guest.welcome(link_on(added, "welcome"))
    guest.log_in("pia")

    assert "at paint" in guest.read("/account")
    assert AccountRole.SUPPLIER in site.parts.register.accounts()[0].roles
    assert account(site, "x", AccountRole.OPERATOR).log_in("pia", PASSWORD).status_code == 303
