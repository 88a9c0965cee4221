"""Where the broker is, as one URL with the files that TLS needs."""

from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True)
class Endpoint:
    """A broker's address. `ca`, `certificate` and `key` are file paths, for `mqtts` only."""

    host: str
    port: int
    tls: bool = False
    username: str | None = None
    password: str | None = None
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    @classmethod
    def parse(cls, url: str) -> "Endpoint":
        """The endpoint of `mqtt://[user:password@]host[:port]` or `mqtts://…`.

        Raises `ValueError` with a text for people.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ValueError(f"{url!r}: {error}") from None
        if parts.scheme not in PORTS:
            raise ValueError(f"{url!r}: write mqtt://HOST:PORT or mqtts://HOST:PORT")
        if not parts.hostname or parts.path.strip("/") or parts.query or port == 0:
            raise ValueError(f"{url!r}: write {parts.scheme}://HOST:PORT with a port from 1 to 65535")
        return cls(
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            tls=parts.scheme == "mqtts",
            username=parts.username,
            password=parts.password,
        )

    def __str__(self) -> str:
        """For logs: never with the password."""
        return f"{'mqtts' if self.tls else 'mqtt'}://{self.host}:{self.port}"
