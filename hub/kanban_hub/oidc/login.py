"""One log-in at a provider, from the button to the answer: held together by one secret of the browser's."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

from kanban_hub.accounts import secret


@dataclass(frozen=True)
class LogIn:
    """`following` is where the person wants to go.

    State, nonce and PKCE verifier are made of the secret, which only this browser bears, in a cookie: the
    hub need not remember who has begun what, and another browser can answer nothing.
    """

    secret: str
    following: str

    @classmethod
    def begun(cls, following: str) -> "LogIn":
        return cls(secret.fresh(), following)

    @classmethod
    def answered(cls, secret_: str, state: str) -> "LogIn | None":
        """The log-in that `state` belongs to; `None` where this browser has begun no such one."""
        try:
            following = base64.urlsafe_b64decode(state.partition(".")[2].encode()).decode()
        except (binascii.Error, ValueError):
            return None
        known = cls(secret_, following)
        is_its = secret_ != "" and hmac.compare_digest(known.state.encode(), state.encode())
        return known if is_its else None

    @property
    def state(self) -> str:
        """What the provider gives back with its answer (RFC 6749, section 10.12)."""
        following = base64.urlsafe_b64encode(self.following.encode()).decode()
        return f"{self._made(f'state {self.following}')}.{following}"

    @property
    def nonce(self) -> str:
        """What the ID token has to bear (OpenID Connect Core, section 3.1.2.1)."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """What redeems the code (RFC 7636): 43 signs."""
        return self._made("verifier")

    def _made(self, what: str) -> str:
        made = hmac.new(self.secret.encode(), what.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")
