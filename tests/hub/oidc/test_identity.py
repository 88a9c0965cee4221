from typing import Any

import pytest

from kanban_hub.accounts.account import NAME_MOST, AccountRole
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.oidc.errors import NoRoleError
from kanban_hub.oidc.identity import Identity, identity

SUPERVISOR, QUALITY, SUPPLIER = AccountRole.SUPERVISOR, AccountRole.QUALITY, AccountRole.SUPPLIER
ROLES = {
    "leads": frozenset({SUPERVISOR, QUALITY}),
    "quality": frozenset({QUALITY}),
    "paint": frozenset({SUPPLIER}),
}


def told(claims: dict[str, Any], **config: Any) -> Identity:
    return identity(
        OidcConfig("https://login.example", "hub", "Plant", ROLES, **config), {"sub": "7", **claims}
    )


def test_roles_are_those_of_all_values_of_the_claim() -> None:
    assert told({"groups": ["quality", "leads", "others"]}).roles == {SUPERVISOR, QUALITY}
    assert told({"groups": "quality"}).roles == {QUALITY}


def test_a_claim_may_lie_in_another_and_may_have_dots_in_its_name() -> None:
    assert told({"realm_access": {"roles": ["leads"]}}, roles_claim="realm_access.roles").roles
    assert told({"https://x.example/roles": ["leads"]}, roles_claim="https://x.example/roles").roles


@pytest.mark.parametrize(
    "claims", [{}, {"groups": []}, {"groups": ["x"]}, {"groups": 5}, {"groups": {"a": 1}}]
)
def test_without_a_known_value_nobody_has_a_role(claims: dict[str, Any]) -> None:
    with pytest.raises(NoRoleError):
        told(claims)


def test_a_supplier_needs_a_station() -> None:
    known = told({"groups": ["paint"], "place": "paint"}, station_claim="place")
    assert known.roles == {SUPPLIER}
    assert known.station == "paint"
    with pytest.raises(NoRoleError):
        told({"groups": ["paint"]}, station_claim="place")
    assert told({"groups": ["paint", "quality"]}, station_claim="place").station is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anna", "anna"),
        ("anna.smith@example.com", "anna.smith"),
        ("Żaneta Łoś", "zaneta-os"),
        ("../../etc", "etc"),
        ("<script>", "script"),
        ("王芳", "person"),
        (None, "person"),
        ("x" * 99, "x" * NAME_MOST),
    ],
)
def test_a_name_is_made_as_accounts_have_them(said: str | None, name: str) -> None:
    assert told({"groups": "leads", "preferred_username": said}).name == name
