"""Where the broker is, as one URL with the files that TLS needs."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True)
class Endpoint:
    """A broker's address. `ca`, `certificate` and `key` are file paths, for `mqtts` only."""

    host: str
    port: int
    tls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    @classmethod
    def parse(cls, url: str) -> "Endpoint":
        """The endpoint of `mqtt://[user:password@]host[:port]` or `mqtts://…`.

        What a URL keeps for itself, as `@`, `:`, `/` and `#`, is written in a password as `%40` and so on.
        Raises `ValueError` with a text for people, which never shows the password.
        """
        shown = re.sub(r"//.*@", "//…@", url)
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ValueError(f"{shown!r}: {error}") from None
        if parts.scheme not in PORTS:
            raise ValueError(f"{shown!r}: write mqtt://HOST:PORT or mqtts://HOST:PORT")
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or port == 0:
            raise ValueError(f"{shown!r}: write {parts.scheme}://HOST:PORT with a port from 1 to 65535")
        return cls(
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            tls=parts.scheme == "mqtts",
            username=unquote(parts.username) if parts.username is not None else None,
            password=unquote(parts.password) if parts.password is not None else None,
        )

    @property
    def is_exposed(self) -> bool:
        """Whether what is said to this broker can be read and changed on the way."""
        return not self.tls and not _is_own(self.host)

    def __str__(self) -> str:
        """For logs: never with the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'mqtts' if self.tls else 'mqtt'}://{host}:{self.port}"


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
