"""The hub against a true provider, over HTTP: what holds lets in, and nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.oidc.errors import AnswerError, NoRoleError, ProviderAwayError
from kanban_hub.oidc.identity import Identity
from kanban_hub.oidc.login import LogIn
from tests.hub.oidc.conftest import NOW_S

requests = pytest.importorskip("requests", reason="the extra [oidc] is not installed")
pytest.importorskip("authlib", reason="the extra [oidc] is not installed")

from kanban_hub.oidc.provider import REST_S, OidcProvider  # noqa: E402  # only with the extra

if TYPE_CHECKING:
    from tests.hub.oidc.provider import Claims, Provider

BACK = "http://hub.example/login/oidc/back"


class Hub:
    """The hub's side, and a browser that goes to the provider and back."""

    def __init__(self, there: "Provider", config: OidcConfig) -> None:
        there.client.redirects = [BACK]
        self.now_s = NOW_S
        self.provider = OidcProvider(config, lambda: self.now_s)
        self.log_in = LogIn.begun("/map")

    def code(self) -> str:
        """What the browser brings back."""
        address = self.provider.address(self.log_in, BACK)
        answer = requests.get(address, allow_redirects=False, timeout=5)
        told = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert told["state"] == [self.log_in.state]
        return str(told["code"][0])

    def identity(self) -> Identity:
        return self.provider.identity(self.log_in, self.code(), BACK)


@pytest.fixture
def hub(there: "Provider", config: OidcConfig) -> Hub:
    return Hub(there, config)


def test_who_logs_in_there_is_known_here_by_issuer_and_subject(hub: Hub, there: "Provider") -> None:
    found = hub.identity()

    assert found == Identity(there.issuer, "1234", "anna", frozenset({AccountRole.SUPERVISOR}))


def test_the_browser_is_sent_with_challenge_state_and_nonce_and_without_verifier_and_secret(
    hub: Hub, there: "Provider"
) -> None:
    address = hub.provider.address(hub.log_in, BACK)

    told = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{there.issuer}/authorize?")
    assert set(told) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert (told["response_type"], told["code_challenge_method"]) == (["code"], ["S256"])
    assert told["scope"] == ["openid profile"]
    assert hub.log_in.verifier not in address


def test_a_code_works_once(hub: Hub) -> None:
    code = hub.code()
    hub.provider.identity(hub.log_in, code, BACK)

    with pytest.raises(AnswerError):
        hub.provider.identity(hub.log_in, code, BACK)


def test_a_stolen_code_is_of_no_use_without_the_verifier(hub: Hub) -> None:
    code = hub.code()

    with pytest.raises(AnswerError):
        hub.provider.identity(LogIn.begun("/"), code, BACK)


def _change(**changes: Any) -> Callable[["Claims"], None]:
    return lambda claims: claims.update(changes)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_change(nonce="another"), id="wrong nonce"),
        pytest.param(lambda claims: claims.pop("nonce"), id="no nonce"),
        pytest.param(_change(exp=NOW_S - 61), id="expired"),
        pytest.param(lambda claims: claims.pop("exp"), id="never expires"),
        pytest.param(_change(iat=NOW_S + 600), id="of the future"),
        pytest.param(_change(aud=["another-client"]), id="wrong audience"),
        pytest.param(_change(aud=["kanban-hub", "other"], azp="other"), id="for another party"),
        pytest.param(_change(iss="https://evil.example"), id="wrong issuer"),
        pytest.param(lambda claims: claims.pop("sub"), id="nobody"),
        pytest.param(_change(at_hash="AAAA"), id="another access token"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    hub: Hub, there: "Provider", spoil: Callable[["Claims"], None]
) -> None:
    there.spoil = spoil

    with pytest.raises(AnswerError, match="has not confirmed who you are"):
        hub.identity()


def test_a_clock_may_be_a_little_wrong(hub: Hub, there: "Provider") -> None:
    there.spoil = _change(exp=NOW_S - 30)

    assert hub.identity().subject == "1234"


def test_a_token_signed_by_a_key_that_is_not_published_does_not_hold(hub: Hub, there: "Provider") -> None:
    published = there.keys
    there.turn_key()
    there.keys = published

    with pytest.raises(AnswerError):
        hub.identity()


def test_a_provider_may_change_its_keys(hub: Hub, there: "Provider") -> None:
    hub.identity()
    there.turn_key()

    assert hub.identity().subject == "1234"
    assert there.asked.count("keys") == 2


def test_a_token_without_a_signature_or_by_a_known_secret_does_not_hold(hub: Hub, there: "Provider") -> None:
    from joserfc import jwt  # noqa: PLC0415  # only with the extra
    from joserfc.jwk import OctKey  # noqa: PLC0415

    there.id_token = lambda claims: str(  # type: ignore[method-assign]
        jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(b"a-secret-of-the-client" * 2))
    )
    with pytest.raises(AnswerError):
        hub.identity()

    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0."
    there.id_token = lambda claims: unsigned if claims else ""  # type: ignore[method-assign]
    with pytest.raises(AnswerError):
        hub.identity()


def test_who_has_no_role_there_has_none_here(hub: Hub, there: "Provider") -> None:
    there.user = {"sub": "9", "preferred_username": "guest", "groups": ["others"]}

    with pytest.raises(NoRoleError, match="Ask an admin"):
        hub.identity()


def test_a_provider_that_is_away_is_said_and_asked_again_after_a_rest(
    hub: Hub, there: "Provider", config: OidcConfig
) -> None:
    gone = OidcProvider(replace(config, issuer="http://127.0.0.1:9"), lambda: hub.now_s)
    for _ in range(2):
        with pytest.raises(ProviderAwayError, match="cannot be reached"):
            gone.address(hub.log_in, BACK)

    there.metadata = {"issuer": "https://evil.example"}
    with pytest.raises(ProviderAwayError):
        hub.provider.address(hub.log_in, BACK)
    there.metadata = {}
    with pytest.raises(ProviderAwayError):
        hub.provider.address(hub.log_in, BACK)
    assert there.asked.count("discovery") == 1, "within the rest nobody is asked"
    hub.now_s += REST_S
    assert hub.provider.address(hub.log_in, BACK)


@pytest.mark.parametrize("lacking", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_does_not_say_all_is_of_no_use(hub: Hub, there: "Provider", lacking: str) -> None:
    there.metadata = {lacking: None}

    with pytest.raises(ProviderAwayError):
        hub.provider.address(hub.log_in, BACK)


def test_a_wrong_secret_of_the_client_lets_nobody_in(hub: Hub, config: OidcConfig) -> None:
    assert config.secret_file is not None
    config.secret_file.write_text("wrong")

    with pytest.raises(AnswerError):
        hub.identity()

    config.secret_file.unlink()
    with pytest.raises(ProviderAwayError):
        hub.identity()


def test_one_logs_out_there_too_where_the_provider_says_how(hub: Hub, there: "Provider") -> None:
    assert hub.provider.log_out_address("http://hub.example/login") is None
    hub.provider.address(hub.log_in, BACK)

    address = hub.provider.log_out_address("http://hub.example/login")

    assert address is not None
    assert requests.get(address, timeout=5).text.endswith("Back to http://hub.example/login")
