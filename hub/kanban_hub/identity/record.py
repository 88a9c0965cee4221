"""What is kept of a station's identity: the code by which it may join, and the certificates that it got."""

from dataclasses import dataclass

TRIES_MOST = 5


@dataclass(frozen=True)
class JoinCode:
    """`digest` is the hash of the code. `serial` is the certificate that was given for it.

    `tries` counts wrong codes for this station while this one was open.
    """

    id: str
    station: str
    digest: str
    made_ms: int
    expires_ms: int
    tries: int = 0
    used_ms: int | None = None
    revoked_ms: int | None = None
    serial: str | None = None

    def is_open(self, now_ms: int) -> bool:
        is_ended = self.used_ms is not None or self.revoked_ms is not None
        return not is_ended and self.tries < TRIES_MOST and now_ms < self.expires_ms


@dataclass(frozen=True)
class Certificate:
    """A station's certificate, known by its `serial` in hex. `key_digest` is the SHA-256 of its public key.

    `cut_ms` is when the connection that it may have had was ended, after it was revoked.
    """

    serial: str
    station: str
    made_ms: int
    expires_ms: int
    key_digest: str
    pem: str
    revoked_ms: int | None = None
    cut_ms: int | None = None

    def is_good(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms < self.expires_ms
