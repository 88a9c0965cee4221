"""Tokens of programs: made, used, taken back; each may what its roles allow."""

import re

import pytest
from werkzeug.test import TestResponse

from kanban_hub.accounts.account import ROLES_OF_ACCOUNTS, Access, AccountRole
from kanban_hub.accounts.tokens import SEEN_EVERY_MS, WantedToken
from tests.hub.web.account.person import Person
from tests.hub.web.account.test_matrix import PARTS, ROWS
from tests.hub.web.ask import order
from tests.hub.web.site import TOKEN, Site
from tests.hub.web.supplier.visitor import text_of

DAY_S = 86_400


def made(
    site: Site, *roles: AccountRole, name: str = "erp", days: int = 30, station: str | None = None
) -> str:
    """What the program bears."""
    return site.parts.tokens.add(WantedToken(name, roles, days, station), by=None)[1]


def sent(site: Site, borne: str, path: str, body: dict[str, object] | None = None) -> TestResponse:
    headers = {"Authorization": f"Bearer {borne}"}
    if body is None:
        return site.client().get(path, headers=headers)
    return site.client().post(path.format(**PARTS), json=body, headers=headers)


@pytest.mark.parametrize("role", [*ROLES_OF_ACCOUNTS, AccountRole.SCREEN])
def test_a_token_may_what_its_role_may_and_nothing_else(site: Site, role: AccountRole) -> None:
    borne = made(site, role, station="paint" if role is AccountRole.SUPPLIER else None)

    answers = [sent(site, borne, path, body).status_code for path, body, _ in ROWS]

    assert [status != 403 for status in answers] == [role in roles for _, _, roles in ROWS]
    assert 401 not in answers


def test_a_token_is_shown_once_and_works_until_it_is_taken_back(site: Site, root: Person) -> None:
    shown = root.fill("/tokens", "/tokens", name="erp", role=["supervisor"], days="30")
    found = re.search(r'id="token"[^>]*>([\w-]+)<', shown.get_data(as_text=True))
    assert found
    borne = found[1]
    assert borne not in root.open("/tokens").get_data(as_text=True)
    hold: dict[str, object] = {"move": "hold", "reason": "wet"}
    assert sent(site, borne, "/api/v1/cards/bracket-0001/moves", hold).status_code == 200
    last = site.client().get("/api/v1/events?limit=1000").get_json()["items"][-1]
    assert last["role"] == "supervisor"
    (token,) = site.parts.tokens.all()

    root.fill("/tokens", f"/tokens/{token.id}/revoke")

    assert sent(site, borne, "/api/v1/loops").status_code == 401
    log = [(one.what, one.by, one.about) for one in site.parts.register.log(2)]
    assert log == [(Access.TOKEN_REVOKED, "root", "erp"), (Access.TOKEN_ADDED, "root", "erp")]
    assert "taken back" in root.read("/tokens")


def test_a_token_ends_by_itself(site: Site) -> None:
    borne = made(site, AccountRole.QUALITY, days=1)
    site.hand.seconds += DAY_S - 1
    assert sent(site, borne, "/api/v1/loops").status_code == 200
    site.hand.seconds += 1
    assert sent(site, borne, "/api/v1/loops").status_code == 401


def test_when_it_was_last_used_is_kept_to_the_minute(site: Site, root: Person) -> None:
    borne = made(site, AccountRole.QUALITY)
    assert "Last used never" in root.read("/tokens")
    sent(site, borne, "/api/v1/loops")
    first = site.parts.tokens.all()[0].seen_ms
    site.hand.seconds += SEEN_EVERY_MS / 1000 - 1
    sent(site, borne, "/api/v1/loops")
    assert site.parts.tokens.all()[0].seen_ms == first
    site.hand.seconds += 1
    sent(site, borne, "/api/v1/loops")
    assert site.parts.tokens.all()[0].seen_ms != first


def test_the_database_holds_no_token_only_its_hash(site: Site) -> None:
    borne = made(site, AccountRole.ADMIN)
    held = b"".join(file.read_bytes() for file in site.data.glob("hub.db*"))
    assert borne.encode() not in held


def test_the_token_of_the_data_directory_goes_on_working(site: Site) -> None:
    made(site, AccountRole.QUALITY)
    assert sent(site, TOKEN, "/api/v1/links").status_code == 200
    order(site.client(), "/api/v1/cards/bracket-0001/moves", {"move": "hold", "reason": "wet"})


@pytest.mark.parametrize("borne", ["", "x", "é", "Bearer", "a" * 10_000])
def test_a_wrong_token_is_told_in_one_and_the_same_way(site: Site, borne: str) -> None:
    answer = sent(site, borne, "/api/v1/loops")
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_private_hub_is_read_with_a_token_that_may_only_read(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = Site(tmp_path_factory.mktemp("private"), is_private=True)
    site.load()
    borne = made(site, AccountRole.SCREEN)
    assert site.client().get("/api/v1/loops").status_code == 401
    assert sent(site, borne, "/api/v1/loops").status_code == 200
    hold: dict[str, object] = {"move": "hold", "reason": "wet"}
    assert sent(site, borne, "/api/v1/cards/bracket-0001/moves", hold).status_code == 403
    site.store.close()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Erp 1", "role": "admin"}, "A name has"),
        ({"name": "erp"}, "needs a role"),
        ({"name": "erp", "role": "station"}, "no role of an account"),
        ({"name": "erp", "role": ["screen", "admin"]}, "choose it alone"),
        ({"name": "erp", "role": "supplier"}, "needs the station"),
        ({"name": "erp", "role": "admin", "days": "99999"}, "A token is good for"),
        ({"name": "erp", "role": "admin", "days": "x"}, "A token is good for"),
    ],
)
def test_a_token_that_cannot_be_is_told(site: Site, root: Person, fields: dict[str, str], said: str) -> None:
    answer = root.send("/tokens", root.form("/tokens", "/tokens") | {"days": "30"} | fields)

    assert (answer.status_code, said in text_of(answer)) == (400, True)
    assert site.parts.tokens.all() == []


def test_two_good_tokens_have_two_names(site: Site, root: Person) -> None:
    made(site, AccountRole.ADMIN)
    answer = root.fill("/tokens", "/tokens", name="erp", role="admin", days="30")
    assert "There is a token erp already" in text_of(answer)


def test_only_admins_see_the_tokens(anna: Person, guest: Person) -> None:
    assert anna.open("/tokens").status_code == 403
    assert guest.open("/tokens").status_code == 303
