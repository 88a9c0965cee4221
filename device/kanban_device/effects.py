"""What the station wants done. The runtime does it, in order, and brings back what came of it."""

from dataclasses import dataclass

from kanban_hardware.buzzer import Tone
from kanban_protocol.messages import Receipt
from kanban_protocol.signals import Body


@dataclass(frozen=True)
class Store:
    """Commit a signal; answered by `Stored` or `StoreRefused`, and only then shown."""

    kind: str
    body: Body
    id: str
    at_s: float
    part: str | None = None


@dataclass(frozen=True)
class Flutter:
    """Flicker the lamp of `part`: stored here."""

    part: str


@dataclass(frozen=True)
class Beep:
    tone: Tone


@dataclass(frozen=True)
class Settle:
    """Take receipts out of the outbox; answered by `Settled` with those that were news."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True)
class Unsettle:
    """Send all signals above `after_seq` again: the hub came back without them."""

    after_seq: int


@dataclass(frozen=True)
class Renew:
    """Go on under a new outbox epoch; answered by `Renewed`."""

    reason: str


@dataclass(frozen=True)
class Remember:
    """Keep a small text over restarts."""

    key: str
    value: str


@dataclass(frozen=True)
class Announce:
    """Publish who and how we are: status, shown lamps, heartbeat."""

    connection: int


@dataclass(frozen=True)
class Resume:
    """Send everything in the window now: the way to the hub is open again."""


@dataclass(frozen=True)
class Pause:
    """Send nothing: nobody is there to take it."""


@dataclass(frozen=True)
class Update:
    """Have the updater asked for a release."""

    release: int
    force: bool


Effect = Update | Store | Flutter | Beep | Settle | Unsettle | Renew | Remember | Announce | Resume | Pause
