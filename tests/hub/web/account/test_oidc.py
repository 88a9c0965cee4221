"""Logging in at a provider through the hub's pages: a true one on loopback, and a browser between the two."""

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.accounts.sessions import OF_ADDRESS
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.web import cookies
from kanban_hub.web.app import create_app
from tests.hub.oidc.conftest import NOW_S, config, there  # noqa: F401  # fixtures
from tests.hub.web.account.person import HERE, Person
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of

requests = pytest.importorskip("requests", reason="the extra [oidc] is not installed")
pytest.importorskip("authlib", reason="the extra [oidc] is not installed")

from kanban_hub.oidc.provider import OidcProvider  # noqa: E402  # only with the extra

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hub.oidc.provider import Claims, Provider

BEGIN, BACK = "/login/provider", "/login/provider/back"


class Visitor(Person):
    """A browser that goes to the provider and comes back."""

    def answer(self, following: str = "") -> str:
        """The address at the hub to which the provider sends the browser."""
        begun = self.open(f"{BEGIN}?{urlencode({'next': following})}")
        assert begun.status_code == 303, text_of(begun)
        told = requests.get(begun.headers["Location"], allow_redirects=False, timeout=5)
        address = str(told.headers["Location"])
        assert address.startswith(HERE + BACK)
        return address.removeprefix(HERE)

    def come(self, following: str = "") -> TestResponse:
        return self.open(self.answer(following))


def configure(site: Site, config: OidcConfig) -> None:  # noqa: F811
    site.parts = replace(site.parts, provider=OidcProvider(config, lambda: NOW_S))
    site.app = create_app(site.parts)


@pytest.fixture
def anna(site: Site, there: "Provider", config: OidcConfig) -> Visitor:  # noqa: F811
    there.client.redirects = [HERE + BACK]
    configure(site, config)
    return Visitor(site)


def noted(site: Site) -> list[tuple[Access, str | None]]:
    return [(one.what, one.about) for one in site.parts.register.log(10)]


def test_without_a_provider_there_is_no_button_and_no_such_log_in(guest: Person) -> None:
    assert BEGIN not in guest.open("/login").get_data(as_text=True)
    for url in (BEGIN, BACK):
        assert "no log-in elsewhere" in guest.read(url, 404)


def test_with_one_there_is_a_button_and_the_hubs_own_log_in_stays(anna: Visitor) -> None:
    page = anna.open("/login?next=/map").get_data(as_text=True)

    assert f'href="{BEGIN}?next=%2Fmap"' in page
    assert "Log in with Plant log-in" in page
    assert 'action="/login"' in page


def test_who_is_let_in_there_is_in_here_and_where_the_way_led(site: Site, anna: Visitor) -> None:
    response = anna.come("/map?wall=1")

    assert (response.status_code, response.headers["Location"]) == (303, "/map?wall=1")
    assert anna.session
    assert not anna.bears(cookies.LOG_IN), "what was begun is over"
    assert noted(site) == [(Access.LOGGED_IN, "anna"), (Access.ADDED, "anna")]
    (known,) = site.parts.register.accounts()
    assert (known.name, known.password) == ("anna", None)
    assert known.roles == {AccountRole.SUPERVISOR}


def test_such_an_account_says_where_it_logs_in_and_has_no_password_to_set(anna: Visitor) -> None:
    anna.come()

    page = anna.open("/account").get_data(as_text=True)

    assert "This account logs in at Plant log-in." in page
    assert 'type="password"' not in page
    fields = {"form": anna.form("/logout", "/logout")["form"], "old": "", "new": "x" * 12, "again": "x" * 12}
    assert anna.send("/account", fields).status_code == 403


def test_logging_in_anew_ends_the_session_before(site: Site, anna: Visitor) -> None:
    anna.come()
    before = anna.session

    anna.come()

    assert before is not None
    assert anna.session != before
    assert site.parts.sessions.account(before) is None


def test_logging_out_leads_to_logging_out_there(site: Site, anna: Visitor) -> None:
    anna.come()
    session = anna.session

    out = anna.fill("/logout", "/logout")

    assert session is not None
    assert site.parts.sessions.account(session) is None
    assert anna.session is None
    address = out.headers["Refresh"].removeprefix("0; url=")
    assert requests.get(address, timeout=5).text.endswith(f"Back to {HERE}/login")
    assert "Log out at Plant log-in too" in text_of(out)
    assert "Location" not in out.headers, "browsers would not follow it after a form"


def test_logging_out_ends_here_where_the_provider_knows_no_logging_out(
    anna: Visitor,
    there: "Provider",  # noqa: F811
) -> None:
    there.metadata["end_session_endpoint"] = None
    anna.come()

    assert anna.fill("/logout", "/logout").headers["Location"] == "/login?said=out"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
def test_nobody_is_led_elsewhere(anna: Visitor, elsewhere: str) -> None:
    assert anna.come(elsewhere).headers["Location"] == "/"


def test_an_answer_that_this_browser_has_not_asked_for_lets_nobody_in(site: Site, anna: Visitor) -> None:
    answer, other = anna.answer("/map"), Visitor(site)
    wrong = answer.replace("state=", "state=x")

    for visitor, url in ((other, answer), (anna, wrong), (anna, answer), (anna, BACK)):
        response = visitor.open(url)
        assert response.status_code == 400
        assert "has not begun this log-in" in text_of(response)
        assert "Try again" in text_of(response)
        assert visitor.session is None
    assert site.parts.register.accounts() == []


def other_nonce(claims: "Claims") -> None:
    claims["nonce"] = "of another log-in"


def other_audience(claims: "Claims") -> None:
    claims["aud"] = ["another-program"]


def expired(claims: "Claims") -> None:
    claims["exp"] = int(NOW_S) - 3600


def other_issuer(claims: "Claims") -> None:
    claims["iss"] = "https://evil.example"


@pytest.mark.parametrize("spoil", [other_nonce, other_audience, expired, other_issuer])
def test_a_token_that_does_not_hold_lets_nobody_in(
    site: Site,
    anna: Visitor,
    there: "Provider",  # noqa: F811
    spoil: "Callable[[Claims], None]",
) -> None:
    there.spoil = spoil

    response = anna.come()

    assert response.status_code == 400
    assert "Plant log-in has not confirmed who you are" in text_of(response)
    assert anna.session is None
    assert noted(site) == [(Access.REFUSED, None)]


def test_a_code_lets_in_once(anna: Visitor) -> None:
    answer = anna.answer()
    secret = anna.bears(cookies.LOG_IN)
    anna.open(answer)

    thief = Visitor(anna.site)
    thief.client.set_cookie(cookies.LOG_IN, secret)

    assert thief.open(answer).status_code == 400
    assert thief.session is None


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        ("access_denied", 403, "has not let you in: it says “access_denied”"),
        ("<script>", 403, "it says “<script>”"),
        ("temporarily_unavailable", 503, "cannot let anybody in just now"),
    ],
)
def test_what_the_provider_refuses_is_said(anna: Visitor, error: str, status: int, said: str) -> None:
    state = parse_qs(urlsplit(anna.answer()).query)["state"][0]

    response = anna.open(f"{BACK}?{urlencode({'error': error, 'state': state})}")

    assert response.status_code == status
    assert said in text_of(response)
    assert "<script>”" not in response.get_data(as_text=True)
    assert anna.session is None


def test_who_has_no_role_here_is_told_to_ask_for_one(site: Site, anna: Visitor, there: "Provider") -> None:  # noqa: F811
    there.user["groups"] = ["kitchen"]

    response = anna.come()

    assert response.status_code == 403
    assert "gives no role here. Ask an admin for one." in text_of(response)
    assert noted(site) == [(Access.REFUSED, None)]


def test_a_provider_that_is_away_is_said_and_a_password_is_offered(
    site: Site,
    anna: Visitor,
    config: OidcConfig,  # noqa: F811
) -> None:
    configure(site, replace(config, issuer="http://127.0.0.1:9"))
    visitor = Visitor(site)

    response = visitor.open(f"{BEGIN}?next=/map")

    assert response.status_code == 503
    assert "Plant log-in cannot be reached" in text_of(response)
    assert 'href="/login?next=%2Fmap"' in response.get_data(as_text=True)
    assert visitor.open("/login").status_code == 200


def test_an_answer_counts_again_when_the_provider_was_away_for_a_moment(
    anna: Visitor,
    there: "Provider",  # noqa: F811
) -> None:
    answer = anna.answer()
    secret = anna.bears(cookies.LOG_IN)
    state = parse_qs(urlsplit(answer).query)["state"][0]

    away = anna.open(f"{BACK}?{urlencode({'error': 'server_error', 'state': state})}")

    assert (away.status_code, anna.bears(cookies.LOG_IN)) == (503, secret)
    assert anna.open(answer).status_code == 303


def test_log_ins_there_are_counted_as_those_here_are(anna: Visitor) -> None:
    statuses = [anna.come().status_code for _ in range(OF_ADDRESS)]
    late = anna.come()

    assert set(statuses) == {303}
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")


def test_the_way_leads_through_the_address_that_the_file_names(
    site: Site,
    anna: Visitor,
    there: "Provider",  # noqa: F811
    config: OidcConfig,  # noqa: F811
) -> None:
    hub = "https://hub.example.com"
    there.client.redirects = [hub + BACK]
    configure(site, replace(config, hub_url=hub))
    visitor = Visitor(site)

    begun = visitor.open(BEGIN)

    assert f'href="{hub}{BEGIN}?next=%2F"' in visitor.open("/login").get_data(as_text=True)
    assert parse_qs(urlsplit(begun.headers["Location"]).query)["redirect_uri"] == [hub + BACK]
    assert "Secure" not in begun.headers["Set-Cookie"], "over plain HTTP it would be lost"
    assert "HttpOnly" in begun.headers["Set-Cookie"]


def test_an_admin_sees_who_logs_in_elsewhere_shuts_out_and_lets_in_again(
    site: Site, anna: Visitor, root: Person
) -> None:
    anna.come()
    page = root.read("/accounts")
    assert "logs in elsewhere" in page

    root.fill("/accounts", "/accounts/anna/disable")
    shut = anna.come()
    assert shut.status_code == 403
    assert "This account is disabled" in text_of(shut)

    assert root.fill("/accounts", "/accounts/anna/enable").headers["Location"] == "/accounts?said=enabled"
    assert anna.come().status_code == 303
    assert (
        root.send("/accounts/root/enable", root.form("/accounts", "/accounts/anna/disable")).status_code
        == 400
    )
