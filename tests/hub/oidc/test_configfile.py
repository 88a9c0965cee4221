import re
from pathlib import Path

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.oidc import configfile
from kanban_hub.oidc.config import OidcConfig
from kanban_protocol.tomlfile import ConfigError

LEAST = """\
issuer = "https://login.example.com/realms/plant"
client_id = "kanban-hub"
name = "Plant log-in"
[roles]
"kanban admins" = "admin"
leads = ["supervisor", "quality"]
"""


def read(tmp_path: Path, text: str) -> OidcConfig:
    path = tmp_path / "oidc.toml"
    path.write_text(text)
    return configfile.load(path)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    return [fault.where for fault in caught.value.faults]


def test_a_file_says_who_the_provider_is_and_what_its_claims_mean(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST)

    assert (found.issuer, found.client_id, found.name) == (
        "https://login.example.com/realms/plant", "kanban-hub", "Plant log-in",
    )  # fmt: skip
    assert found.roles == {
        "kanban admins": {AccountRole.ADMIN}, "leads": {AccountRole.SUPERVISOR, AccountRole.QUALITY},
    }  # fmt: skip
    assert found.secret_file is None


def test_all_settings_are_read_and_files_are_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 20)
    (tmp_path / "secret").chmod(0o600)
    more = (
        'client_secret_file = "secret"\nhub_url = "https://hub.example.com/"\nscopes = ["email"]\n'
        'name_claim = "email"\nroles_claim = "realm_access.roles"\nstation_claim = "station"\n'
    )
    found = read(tmp_path, more + LEAST)

    assert found.secret_file == tmp_path / "secret"
    assert found.hub_url == "https://hub.example.com"
    assert found.scopes == ("openid", "email")
    assert (found.name_claim, found.roles_claim, found.station_claim) == (
        "email",
        "realm_access.roles",
        "station",
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("https://login", "http://login"), "issuer"),
        (("https://login.example.com/realms/plant", "login"), "issuer"),
        (('"admin"', '"screen"'), "roles"),
        (('"admin"', '"supplier"'), "station_claim"),
        (('name = "Plant log-in"', ""), "name"),
        (("[roles]", 'hub_url = "hub"\n[roles]'), "hub_url"),
        (("[roles]", 'client_secret_file = "none"\n[roles]'), "client_secret_file"),
        (("[roles]", 'ca = "none"\n[roles]'), "ca"),
        (("client_id", "clientid"), "clientid"),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, change: tuple[str, str], where: str) -> None:
    assert any(found.startswith(where) for found in faults(tmp_path, LEAST.replace(*change)))


def test_the_example_is_without_a_fault(tmp_path: Path) -> None:
    (tmp_path / "oidc.secret").write_text("x" * 20)
    (tmp_path / "oidc.secret").chmod(0o600)
    example = Path(configfile.__file__).parents[2] / "oidc.example.toml"

    found = read(tmp_path, example.read_text())
    shown = re.sub(r"^# (scopes|name_claim|roles_claim)", r"\1", example.read_text(), flags=re.MULTILINE)

    assert found.roles["shift-leads"] == {AccountRole.SUPERVISOR, AccountRole.QUALITY}
    assert read(tmp_path, shown) == found, "what is commented out is what is usual"


def test_a_provider_on_this_machine_needs_no_tls(tmp_path: Path) -> None:
    assert read(tmp_path, LEAST.replace("https://login.example.com", "http://127.0.0.1:9000")).issuer


def test_a_secret_that_everybody_can_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * 20)
    (tmp_path / "secret").chmod(0o644)

    assert faults(tmp_path, 'client_secret_file = "secret"\n' + LEAST) == ["client_secret_file"]


def test_nobody_would_have_a_role(tmp_path: Path) -> None:
    assert faults(tmp_path, LEAST.partition("[roles]")[0] + "[roles]\n") == ["roles"]
