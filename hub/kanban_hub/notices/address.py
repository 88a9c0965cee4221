"""Where a webhook may lead: never into the plant's own network unless the file allows it."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from kanban_hub.notices.errors import RefusedForGoodError, UnreachableError

# An IPv4 address inside an IPv6 one, as networks with IPv6 only write it (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """The parts of a webhook's URL. `path` has its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str, *, allow_private: bool) -> Target:
    """The target of `url`. Raises `ValueError` for what is no URL of a webhook."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("no URL of a webhook")
    if parts.scheme == "http" and not allow_private:
        raise ValueError("http:// is for receivers in the plant, with allow_private = true; write https://")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("a user, a password or a fragment has no place here")
    if not url.isascii() or any(sign <= " " for sign in url):
        raise ValueError("a sign that no URL has")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme], path)


def resolve(target: Target, *, allow_private: bool) -> str:
    """One address of `target`, after all of them were checked: connect to it and ask no name again.

    Between a check and a second look a name can be given another address (DNS rebinding). Raises
    `UnreachableError` without an address and `RefusedForGoodError` for a private one.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreachableError("the receiver's name has no address") from None
    addresses = [str(info[4][0]) for info in found]
    for one in addresses:
        check(one, allow_private=allow_private)
    return addresses[0]


def check(text: str, *, allow_private: bool) -> None:
    """Raise `RefusedForGoodError` unless the address is one of the public internet."""
    if not allow_private and not is_public(text):
        raise RefusedForGoodError("the receiver's address is private, and allow_private is not set")


def is_public(text: str) -> bool:
    """Whether an address is reached over the internet; one inside another counts as itself."""
    found = ip_address(text.partition("%")[0])
    inner = _inner(found) if isinstance(found, IPv6Address) else found
    return inner.is_global and not inner.is_multicast


def _inner(found: IPv6Address) -> IPv4Address | IPv6Address:
    if found in _NAT64:
        return IPv4Address(int(found) & 0xFFFF_FFFF)
    return found.ipv4_mapped or found.sixtofour or found
