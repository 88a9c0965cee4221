"""Behind a reverse proxy: who asks, and whether by HTTPS, is what the trusted one says, and nobody else."""

from dataclasses import replace

from flask.testing import FlaskClient

from kanban_hub.accounts.account import Access, AccountRole
from kanban_hub.web.app import create_app
from tests.hub.web.account.person import PASSWORD, account
from tests.hub.web.site import Site

FORWARDED = {
    "X-Forwarded-For": "10.0.0.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "hub.example.com",
    "Origin": "https://hub.example.com",
}


def behind(site: Site, proxy: str | None) -> FlaskClient:
    return create_app(replace(site.parts, trusted_proxy=proxy)).test_client()


def test_the_trusted_proxy_says_who_asks_and_that_it_is_https(site: Site) -> None:
    account(site, "anna", AccountRole.OPERATOR)
    client = behind(site, "127.0.0.1")

    answer = client.post("/login", data={"name": "anna", "password": PASSWORD}, headers=FORWARDED)

    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    (entry,) = site.parts.register.log(1)
    assert (entry.what, entry.address) == (Access.LOGGED_IN, "10.0.0.7")


def test_nobody_else_is_believed(site: Site) -> None:
    account(site, "anna", AccountRole.OPERATOR)
    for proxy in (None, "10.9.9.9"):
        answer = behind(site, proxy).post(
            "/login", data={"name": "anna", "password": PASSWORD}, headers=FORWARDED
        )
        assert answer.status_code == 403, "the form is not of the host that was asked"
