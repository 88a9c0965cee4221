"""The pages before the door, as a person uses them and as somebody would who wants to come in otherwise."""

import re

import pytest

from kanban_hub.accounts.sessions import IDLE_MS, OF_PAIR
from kanban_hub.web import cookies
from tests.hub.web.account.person import HERE, PASSWORD, Person, account
from tests.hub.web.site import PUBLIC_URL, Site
from tests.hub.web.supplier.visitor import text_of

FOREIGN = ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81", ""]
HOLD = ("/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "wet"})


def order(person: Person, **headers: str) -> int:
    url, body = HOLD
    return person.client.post(url, json=body, headers=headers).status_code


def form_of(person: Person) -> str:
    """What the pages of this session bear."""
    found = re.search(r'name="kanban-form" content="(\w+)"', person.open("/account").get_data(as_text=True))
    assert found
    return found[1]


def test_the_first_person_makes_the_first_account_and_logs_in(site: Site, guest: Person) -> None:
    link = site.parts.register.invite_first()

    made = guest.welcome(f"/welcome/{link}", name="Root")

    assert made.headers["Location"] == "/login?said=password&next=/start"
    assert "The password is set" in guest.read(made.headers["Location"])
    assert guest.log_in("root").headers["Location"] == "/"
    assert "root Log out" in guest.read("/account")


def test_a_one_time_link_works_once(site: Site, guest: Person) -> None:
    url = f"/welcome/{site.parts.register.invite_first()}"
    fields = guest.form(url, None) | {"name": "root", "new": PASSWORD, "again": PASSWORD}
    assert guest.send(url, fields).status_code == 303

    again = guest.send(url, fields | {"name": "second"})

    assert again.status_code == 400
    assert "does not work" in text_of(again)
    assert [one.name for one in site.parts.register.accounts()] == ["root"]


def test_a_fault_in_the_form_is_said_and_the_link_stays_good(site: Site, guest: Person) -> None:
    url = f"/welcome/{site.parts.register.invite_first()}"

    for fields in ({"name": "root", "again": "another one"}, {"name": "no name!"}):
        response = guest.fill(url, None, **{"new": PASSWORD, "again": PASSWORD} | fields)
        assert response.status_code == 400
        assert 'role="alert"' in response.get_data(as_text=True)

    assert guest.welcome(url, name="root").status_code == 303


def test_the_cookie_is_for_this_hub_alone_and_out_of_reach_of_scripts(anna: Person) -> None:
    told = anna.log_in("anna").headers["Set-Cookie"]

    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(told.split("; "))
    assert "Secure" not in told, "over plain HTTP a browser would not keep it"
    assert "Domain" not in told


def test_over_https_the_cookie_is_secure(site: Site, anna: Person) -> None:
    fields = {"name": "anna", "password": PASSWORD}
    response = site.client().post(
        "/login", base_url="https://localhost", data=fields, headers={"Origin": HERE}
    )

    assert "Secure" in response.headers["Set-Cookie"].split("; ")


def test_a_session_that_was_fixed_before_is_worth_nothing_after_the_log_in(site: Site, anna: Person) -> None:
    planted = "a-session-that-somebody-else-chose"
    victim = Person(site)
    victim.client.set_cookie(cookies.SESSION, planted)
    victim.log_in("anna")
    assert victim.session not in (None, planted)

    thief = Person(site)
    thief.client.set_cookie(cookies.SESSION, planted)
    assert thief.open("/account").status_code == 303


def test_every_log_in_is_a_new_session_and_ends_the_one_before(site: Site, anna: Person) -> None:
    before = anna.session
    anna.log_in("anna")

    assert anna.session != before
    assert before is not None
    assert site.parts.sessions.account(before) is None


def test_logging_out_ends_the_session_for_whoever_has_its_cookie(site: Site, anna: Person) -> None:
    copied = anna.session or ""
    assert "Log out" in anna.read("/logout")

    response = anna.fill("/logout", "/logout")

    assert (response.headers["Location"], anna.session) == ("/login?said=out", None)
    anna.client.set_cookie(cookies.SESSION, copied)
    assert anna.open("/account").status_code == 303


def test_a_refusal_says_nothing_of_accounts(site: Site, anna: Person) -> None:
    site.parts.register.end_sessions("anna", by=None)
    guest = Person(site)

    told = [guest.log_in(name, "not the password") for name in ("anna", "nobody")]

    assert [one.status_code for one in told] == [403, 403]
    assert text_of(told[0]) == text_of(told[1])


def test_too_many_tries_are_told_to_wait_and_then_it_works(site: Site, anna: Person) -> None:
    guest = Person(site)
    statuses = [guest.log_in("anna", "wrong").status_code for _ in range(OF_PAIR)]
    # `anna` has been logging in from the same address in this minute.
    assert statuses == [403] * (OF_PAIR - 1) + [429]

    response = guest.log_in("anna")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    site.hand.seconds += 60
    assert guest.log_in("anna").status_code == 303


@pytest.mark.parametrize(
    ("following", "location"),
    [
        ("/accounts", "/accounts"),
        ("/api/v1/cards?loop=bracket", "/api/v1/cards?loop=bracket"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"),
        ("", "/"),
    ],
)
def test_after_the_log_in_the_way_leads_on_within_the_hub(
    anna: Person, following: str, location: str
) -> None:
    fields = {"name": "anna", "password": PASSWORD, "next": following}

    assert anna.send("/login", fields).headers["Location"] == location


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_no_other_site_logs_anybody_in_or_sets_a_password(
    site: Site, anna: Person, origin: str | None
) -> None:
    guest = Person(site)
    fields = {"name": "anna", "password": PASSWORD}
    link = site.parts.register.reset("anna", by=None)
    password = {"new": PASSWORD, "again": PASSWORD}

    assert guest.send("/login", fields, origin).status_code == 403
    assert guest.send(f"/welcome/{link}", password, origin).status_code == 403
    assert guest.session is None
    assert guest.send(f"/welcome/{link}", password, PUBLIC_URL).status_code == 303


@pytest.mark.parametrize("origin", [*FOREIGN, None])
def test_a_session_orders_nothing_from_another_site(site: Site, anna: Person, origin: str | None) -> None:
    form = form_of(anna)
    headers = {"Origin": origin} if origin is not None else {}

    assert order(anna, **headers, **{"X-Kanban-Form": form}) == 403
    assert order(anna, Origin=HERE, **{"X-Kanban-Form": form}) == 200
    logout = anna.form("/logout", "/logout")
    assert anna.send("/logout", logout, origin).status_code == 403
    assert anna.session is not None


def test_a_session_orders_nothing_without_the_secret_of_its_own_forms(site: Site, anna: Person) -> None:
    other = account(site, "ben", *site.parts.register.accounts()[0].roles)
    of_another, of_mine_before = form_of(other), form_of(anna)
    anna.log_in("anna")

    for form in ("", "x", "ä", of_another, of_mine_before):
        sent = form.encode().decode("latin-1")
        assert order(anna, Origin=HERE, **{"X-Kanban-Form": sent}) == 403
        assert anna.send("/logout", {"form": form}).status_code == 403
    assert order(anna, Origin=HERE) == 403
    assert order(anna, Origin=HERE, **{"X-Kanban-Form": form_of(anna)}) == 200


def test_programs_with_the_token_need_neither_origin_nor_form_and_a_wrong_one_is_no_cookie(
    site: Site, anna: Person
) -> None:
    assert order(anna, Authorization=f"Bearer {site.parts.token}", Origin="https://evil.example") == 200
    assert order(anna, Authorization="Bearer wrong", Origin=HERE, **{"X-Kanban-Form": form_of(anna)}) == 401


def test_a_session_that_is_over_is_sent_to_log_in_and_back(site: Site, anna: Person) -> None:
    site.hand.seconds += IDLE_MS / 1000

    response = anna.open("/account")

    assert (response.status_code, response.headers["Location"]) == (303, "/login?next=%2Faccount")
    assert order(anna, Origin=HERE) == 401


def test_the_own_password_is_changed_and_everybody_with_it_is_out(site: Site, anna: Person) -> None:
    elsewhere = Person(site)
    elsewhere.log_in("anna")
    new = "a lamp that blinks"

    wrong = anna.fill("/account", "/account", old="wrong", new=new, again=new)
    assert (wrong.status_code, "do not fit" in text_of(wrong)) == (403, True)
    set_now = anna.fill("/account", "/account", old=PASSWORD, new=new, again=new)

    assert set_now.headers["Location"] == "/login?said=password"
    assert elsewhere.open("/account").status_code == 303
    site.hand.seconds += 60
    assert elsewhere.log_in("anna").status_code == 403
    assert elsewhere.log_in("anna", new).status_code == 303


def test_pages_of_accounts_are_kept_by_no_cache(anna: Person) -> None:
    for url in ("/login", "/account", "/accounts", "/welcome/x"):
        assert anna.open(url).headers["Cache-Control"] == "no-store"
