"""A small true provider of OpenID Connect on loopback: Authlib's server side, with faults to switch on."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT_ID, SECRET = "kanban-hub", "a-secret-of-the-client"

Claims = dict[str, Any]


@dataclass
class Client(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """The hub, as the provider knows it."""

    redirects: list[str] = field(default_factory=list)

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return self.redirects[0]

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirects

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    code: str
    redirect_uri: str
    scope: str
    nonce: str
    user: Claims
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce


class Provider:
    """Lets in `user` without asking. `spoil` changes the claims of the next ID tokens before they are signed.

    `signs_with` is the key in use; `keys` are those that are published.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self.user: Claims = {"sub": "1234", "preferred_username": "Anna", "groups": ["leads"]}
        self.client = Client()
        self.spoil: Callable[[Claims], None] = lambda _: None
        self.codes: dict[str, Code] = {}
        self.asked: list[str] = []
        self.signs_with = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.keys = [self.signs_with]
        self.metadata: Claims = {}
        self.now_s = now_s
        self._server = make_server("127.0.0.1", 0, _app(self), threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def end(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def turn_key(self) -> None:
        """Sign by another key from now on, and publish it instead of the one before."""
        self.signs_with = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})
        self.keys = [self.signs_with]

    def id_token(self, claims: Claims) -> str:
        self.spoil(claims)
        return str(jwt.encode({"alg": "RS256", "kid": self.signs_with.kid}, claims, self.signs_with))


def _app(provider: Provider) -> Flask:
    app = Flask("provider")
    app.secret_key = "of the provider"
    server = AuthorizationServer(
        app,
        query_client=lambda client_id: provider.client if client_id == CLIENT_ID else None,
        save_token=lambda *_: None,
    )
    server.register_grant(
        _grant(provider), [_id_tokens(provider)(require_nonce=True), CodeChallenge(required=True)]
    )

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        provider.asked.append("discovery")
        return jsonify(
            {
                "issuer": provider.issuer,
                "authorization_endpoint": f"{provider.issuer}/authorize",
                "token_endpoint": f"{provider.issuer}/token",
                "jwks_uri": f"{provider.issuer}/keys",
                "end_session_endpoint": f"{provider.issuer}/end",
                **provider.metadata,
            }
        )

    @app.get("/keys")
    def keys() -> Response:
        provider.asked.append("keys")
        return jsonify(KeySet(provider.keys).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user=provider.user)
        return server.create_authorization_response(grant_user=provider.user, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/end")
    def end() -> str:
        return f"Logged out of everything. Back to {request.args['post_logout_redirect_uri']}"

    return app


def _grant(provider: Provider) -> type[Any]:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            provider.codes[code] = Code(
                code,
                request.payload.redirect_uri,
                request.payload.scope,
                data["nonce"],
                dict(request.user),
                data["code_challenge"],
                data["code_challenge_method"],
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> Claims:
            return authorization_code.user

    return Grant


def _id_tokens(provider: Provider) -> type[Any]:
    class IdTokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(code.nonce == nonce for code in provider.codes.values())

        def encode_id_token(self, token: Claims, request: Any) -> str:
            now_s = int(provider.now_s())
            code = request.authorization_code
            claims = {
                "iss": provider.issuer,
                "aud": [CLIENT_ID],
                "iat": now_s,
                "exp": now_s + 300,
                "nonce": code.nonce,
                **code.user,
            }
            return provider.id_token(claims)

    return IdTokens
