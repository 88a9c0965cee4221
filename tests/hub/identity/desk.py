"""Identities on a store in memory, with a clock that goes on only when told."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from kanban_hub.accounts.account import Access
from kanban_hub.identity import paper
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.codes import Codes
from kanban_hub.identity.joining import Joined, Joining
from tests.fakes.store import InMemoryStore
from tests.hub.domain.shopfloor import kanban_loop, plant_of

ADDRESS = "10.0.0.7"


@dataclass
class Desk:
    """`data` is the hub's data directory."""

    data: Path
    now_s: float = 1_800_000_000.0
    store: InMemoryStore = field(default_factory=InMemoryStore)

    def __post_init__(self) -> None:
        with self.store.transaction() as work:
            work.save_plant(plant_of(kanban_loop()))
        self.codes = Codes(self.store, self.now_ms)
        self.joining = Joining(self.store, self.now_ms, self.authority)

    def authority(self) -> Authority:
        return Authority.open(self.data, self.now_ms())

    def join(self, station: str = "paint", key: str | None = None) -> Joined:
        """Let `station` in by a code made for it; `key` is its request."""
        issued = self.codes.issue(station, None)
        return self.joining.join(station, issued.text, key or asked(station), ADDRESS)

    def now_ms(self) -> int:
        return int(self.now_s * 1000)

    def later(self, seconds: float) -> None:
        self.now_s += seconds

    def log(self) -> list[tuple[Access, str | None, str | None]]:
        """What, by whom, about what: the newest first."""
        with self.store.accounts(writes=False) as book:
            return [(one.what, one.by, one.about) for one in book.log(100)]


def asked(name: str | None = "paint", key: object = None, *extensions: x509.ExtensionType) -> str:
    """A request as a station sends it; `key` is another kind of key than the usual."""
    named = [x509.NameAttribute(NameOID.COMMON_NAME, name)] if name is not None else []
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(named))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    private = key or paper.fresh_key()
    made = builder.sign(private, hashes.SHA256() if hasattr(private, "key_size") else None)  # type: ignore[arg-type]
    return made.public_bytes(serialization.Encoding.PEM).decode()
