"""A provider of OpenID Connect, spoken to by Authlib: code flow with PKCE, state and nonce.

Imported only where a provider is configured: `pip install kanban-signal-station[oidc]`.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kanban_hub.language import _
from kanban_hub.notices import secret
from kanban_hub.notices.errors import DeliveryError
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.oidc.errors import AnswerError, ProviderAwayError
from kanban_hub.oidc.identity import Identity, identity
from kanban_hub.oidc.login import LogIn

log = logging.getLogger(__name__)

TIMEOUT_S = 5
# So seldom a provider changes; asked so often, a browser is hardly ever sent to one that is away.
DISCOVERED_FOR_S = 60
REST_S = 10
# Clocks of two machines; more than that and one of them is wrong.
LEEWAY_S = 60
# Signed by a key that only the provider has: never `none`, never a secret that the hub knows too.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcProvider:
    """A `Provider` by HTTP. `now_s` is the time in seconds since 1970, by which tokens expire."""

    def __init__(self, config: OidcConfig, now_s: Callable[[], float]) -> None:
        self._config = config
        self._now_s = now_s
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._discovered_s = 0.0
        self._keys: Any = None
        self._rests_until_s = 0.0

    @property
    def name(self) -> str:
        return self._config.name

    @property
    def hub_url(self) -> str:
        return self._config.hub_url

    def address(self, log_in: LogIn, back: str) -> str:
        where = self._known()["authorization_endpoint"]
        with self._session(back) as session:
            address, _state = session.create_authorization_url(
                where, state=log_in.state, nonce=log_in.nonce, code_verifier=log_in.verifier
            )
        return str(address)

    def identity(self, log_in: LogIn, code: str, back: str) -> Identity:
        where = self._known()["token_endpoint"]
        try:
            with self._session(back) as session:
                token = session.fetch_token(
                    where,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=log_in.verifier,
                    timeout=TIMEOUT_S,
                    allow_redirects=False,
                )
        except OAuthError as error:
            self._refuse("the code was not redeemed", error)
        except (requests.RequestException, ValueError) as error:
            self._away("its token endpoint", error)
        if "id_token" not in token:
            self._refuse("no ID token came", None)
        return identity(self._config, self._claims(token, log_in))

    def log_out_address(self, back: str) -> str | None:
        """By OpenID Connect RP-Initiated Logout 1.0, as far as the provider was already heard of."""
        where = self._metadata.get("end_session_endpoint")
        if not isinstance(where, str):
            return None
        query = {"client_id": self._config.client_id, "post_logout_redirect_uri": back}
        return f"{where}{'&' if '?' in where else '?'}{urlencode(query)}"

    def _claims(self, token: Mapping[str, Any], log_in: LogIn) -> Mapping[str, Any]:
        """The claims of the ID token, each check of OpenID Connect Core, section 3.1.3.7, made."""
        try:
            decoded = self._decoded(str(token["id_token"]))
            params = {
                "nonce": log_in.nonce,
                "client_id": self._config.client_id,
                "access_token": token.get("access_token"),
            }
            options: dict[str, Any] = {
                "iss": {"essential": True, "value": self._config.issuer},
                "aud": {"essential": True, "value": self._config.client_id},
                "sub": {"essential": True},
            }
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(int(self._now_s()), LEEWAY_S)
        except (JoseError, ValueError) as error:
            self._refuse("the ID token does not hold", error)
        return dict(claims)

    def _decoded(self, id_token: str) -> Any:
        """The token by the provider's keys; asked for anew where it may have changed them."""
        if self._keys is not None:
            try:
                return jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                log.info("asking the provider for its keys anew")
        self._keys = KeySet.import_key_set(self._fetched(self._known()["jwks_uri"]))
        return jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)

    def _known(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0), asked for once a minute."""
        with self._lock:
            if not self._metadata or self._now_s() - self._discovered_s > DISCOVERED_FOR_S:
                self._discover()
            return self._metadata

    def _discover(self) -> None:
        """Each try may take a while and holds others up: after one in vain there is a rest."""
        if self._now_s() < self._rests_until_s:
            self._away("it was away just now", None)
        self._rests_until_s = self._now_s() + REST_S
        address = f"{self._config.issuer.rstrip('/')}/.well-known/openid-configuration"
        self._metadata = self._checked(self._fetched(address))
        self._discovered_s, self._rests_until_s = self._now_s(), 0.0

    def _checked(self, metadata: dict[str, Any]) -> dict[str, Any]:
        lacking = [name for name in _NEEDED if not isinstance(metadata.get(name), str)]
        if metadata.get("issuer") != self._config.issuer:
            self._away(f"it calls itself {metadata.get('issuer')!r:.80}", None)
        if lacking:
            self._away(f"it does not say its {lacking[0]}", None)
        return metadata

    def _fetched(self, address: str) -> dict[str, Any]:
        verify = str(self._config.ca) if self._config.ca else True
        try:
            answer = requests.get(address, timeout=TIMEOUT_S, allow_redirects=False, verify=verify)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            self._away(address, error)
        if not isinstance(found, dict):
            self._away(address, None)
        return found

    def _session(self, back: str) -> Any:
        config = self._config
        try:
            known = secret.read(str(config.secret_file)) if config.secret_file else None
        except DeliveryError as error:
            self._away("the client's secret", error)
        session = OAuth2Session(
            config.client_id,
            known,
            token_endpoint_auth_method="client_secret_basic" if known else "none",  # a method's name
            scope=" ".join(config.scopes),
            redirect_uri=back,
            code_challenge_method="S256",
        )
        session.verify = str(config.ca) if config.ca else True
        return session

    def _refuse(self, what: str, error: Exception | None) -> NoReturn:
        log.warning("log-in by %s: %s: %s", self.name, what, error)
        text = _("%(provider)s has not confirmed who you are. Try again.")
        raise AnswerError(text % {"provider": self.name}) from None

    def _away(self, what: str, error: Exception | None) -> NoReturn:
        log.warning("log-in by %s: no use of %s: %s", self.name, what, error)
        text = _(
            "%(provider)s cannot be reached, or is not set up as it should be. "
            "Try again, or log in with a password of this hub; its log says more."
        )
        raise ProviderAwayError(text % {"provider": self.name}) from None
