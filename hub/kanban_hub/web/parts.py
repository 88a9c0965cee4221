"""What the web is made of: everything comes from outside, so that tests and two programs can build it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from kanban_hub.accounts.register import Register
from kanban_hub.accounts.sessions import Sessions
from kanban_hub.accounts.tokens import Tokens
from kanban_hub.backup import Vault
from kanban_hub.changes import Changes
from kanban_hub.clock import SteadyClock
from kanban_hub.commands import Commands
from kanban_hub.domain.floor import Floor
from kanban_hub.evidence import EvidenceReader
from kanban_hub.identity.office import Office
from kanban_hub.inbox import Delivery, Word
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.oidc.ports import Provider
from kanban_hub.orders import Order
from kanban_hub.ports import Store
from kanban_hub.presence import Presence
from kanban_hub.printers.printer import Printer
from kanban_hub.reader import FloorReader
from kanban_hub.releases.rollouts import Rollouts
from kanban_hub.suppliers.signing import Signer
from kanban_hub.web.caller import NOBODY, Caller
from kanban_hub.web.screens.desk import ScreenDesk
from kanban_hub.web.seats import SENDERS_MOST, Seats
from kanban_hub.web.tally import Tally
from kanban_protocol.endpoint import Endpoint


class Ask(Protocol):
    """Has an order carried out, in a role that may be another than the order goes with."""

    def __call__(self, order: Order, role: str | None = None) -> object: ...


@dataclass(frozen=True)
class HubHealth:
    """How the inbox is. `commit_age_s` is the time since a commit was last shown to be possible.

    `notices` counts the attempts to send one since the start, by what came of them.
    """

    is_connected: bool
    commit_age_s: float
    queue_depth: int
    dropped: int
    boot: str
    started_ms: int
    notices: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class WebParts:
    """`ask` returns when the order is committed and raises a `DomainError` or a `StoreError`.

    `hand` has signals taken and returns the words on them, after the commit too; `senders` are the seats of
    those who wait for such words. `token` is what programs bear that order; with an empty one they cannot.
    `broker` is where the hub reaches the broker, `public_url` where people outside reach the hub.
    `turned_away` counts who came with a bad link, a foreign form, or too often. `is_private`: reading needs a
    log-in too. `trusted_proxy` is the address of the proxy that is believed. `caller` is who asks just now.
    `screens` knows the wall displays.
    `notices` is who is told what; `None`: the hub was started without a file. `vault` is where the database
    lies, for copies of it; `None`: at a server that copies it itself. `printers` are the label printers, by
    their ids. `provider` is where people can log in too. `office` keeps the identities of stations.
    """

    store: Store
    reader: FloorReader
    evidence: EvidenceReader
    presence: Presence
    changes: Changes
    clock: SteadyClock
    ask: Ask
    hand: Callable[[Sequence[Delivery]], list[Word]]
    commands: Commands
    rollouts: Rollouts
    token: str
    hub: Callable[[], HubHealth]
    signer: Signer
    sessions: Sessions
    register: Register
    tokens: Tokens
    broker: Endpoint | None = None
    public_url: str = ""
    seats: Seats = field(default_factory=Seats)
    senders: Seats = field(default_factory=lambda: Seats(SENDERS_MOST))
    turned_away: Tally = field(default_factory=Tally)
    is_private: bool = False
    trusted_proxy: str | None = None
    printers: Mapping[str, Printer] = field(default_factory=dict)
    caller: Caller = NOBODY
    notices: NoticesConfig | None = None
    vault: Vault | None = None
    provider: Provider | None = None
    office: Office | None = None
    screens: ScreenDesk = field(default_factory=ScreenDesk)

    @contextmanager
    def floor(self) -> Iterator[tuple[Floor, int]]:
        """The floor and its revision; nobody changes it inside the block.

        Raises `NotLoadedError` before the first plant.
        """
        with self.reader.lock:
            yield self.reader.floor()
