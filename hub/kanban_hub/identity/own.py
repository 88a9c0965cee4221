"""What the hub itself shows: at its door to stations, and at the broker. Made anew before it runs out.

Key and certificate lie in one file, so that a power cut never leaves one without the other.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from socket import getaddrinfo, getfqdn, gethostname

from cryptography import x509

from kanban_hub.identity import keyfile, paper
from kanban_hub.identity.authority import Authority

HUB_NAME = "kanban_hub"  # no station is named so: their ids have no underscore
TRUSTED = "trusted.crt"
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # no names of anybody
_ALWAYS = ("localhost", "127.0.0.1", "::1")

Make = Callable[[paper.Signer, int], bytes]


def trusted(authority: Authority) -> Path:
    """The file of the authorities that hub and stations trust, as they are now."""
    path = authority.folder / TRUSTED
    if not path.exists() or path.read_bytes() != authority.bundle:
        keyfile.write(path, authority.bundle)
    return path


def as_client(authority: Authority, now_ms: int) -> Path:
    """What the hub shows as the broker's client."""

    def make(by: paper.Signer, at_ms: int) -> bytes:
        key = paper.fresh_key()
        span_ms = at_ms, at_ms + paper.SERVER_DAYS * paper.DAY_MS
        return paper.key_pem(key) + paper.pem(paper.client(by, HUB_NAME, key.public_key(), span_ms))

    return _kept(authority.folder / "hub.pem", authority, now_ms, make)


def at_door(authority: Authority, names: Iterable[str], now_ms: int) -> Path:
    """What the door shows, with its authority behind it, under all of `names`."""
    wanted = list(names)

    def make(by: paper.Signer, at_ms: int) -> bytes:
        key = paper.fresh_key()
        made = paper.server(by, wanted, key.public_key(), (at_ms, at_ms + paper.SERVER_DAYS * paper.DAY_MS))
        return paper.key_pem(key) + paper.pem(made) + paper.pem(by.certificate)

    path = authority.folder / "door.pem"
    if path.exists() and not set(wanted) <= names_in(path.read_bytes()):
        path.unlink()
    return _kept(path, authority, now_ms, make)


def names_of(host: str, further: Iterable[str] = ()) -> list[str]:
    """By which names and addresses this machine is reached where it listens at `host`."""
    own = gethostname()
    named = own.partition(".")[0]
    found = [*further, own, getfqdn(), named, f"{named}.local", *_ALWAYS, *_addresses(own)]
    if host not in _EVERYWHERE:
        found.insert(0, host)
    return list(dict.fromkeys(name for name in found if name))


def names_in(pem: bytes) -> set[str]:
    """The names under which a server's certificate is good; none for what is no certificate."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return set()
    return {*found.get_values_for_type(x509.DNSName), *map(str, found.get_values_for_type(x509.IPAddress))}


def is_fresh(pem: bytes, authority: Authority, now_ms: int) -> bool:
    """Whether a certificate is of the authority that signs now, and in the first two thirds of its life."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        certificate.verify_directly_issued_by(authority.signer.certificate)
    except Exception:  # noqa: BLE001  # damaged, foreign, or of an earlier authority: it is made anew
        return False
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return begins <= paper.moment(now_ms) < begins + (ends - begins) * 2 / 3


def _kept(path: Path, authority: Authority, now_ms: int, make: Make) -> Path:
    if not path.exists() or not is_fresh(path.read_bytes(), authority, now_ms):
        keyfile.write(path, make(authority.signer, now_ms))
    return path


def _addresses(host: str) -> list[str]:
    try:
        return [str(info[4][0]).partition("%")[0] for info in getaddrinfo(host, None)]
    except OSError:
        return []
