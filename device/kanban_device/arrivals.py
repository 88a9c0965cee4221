"""What reaches the station besides buttons and scanners: the link's news, the store's answers, and time."""

from dataclasses import dataclass

from kanban_device.effects import Store
from kanban_device.outbox import StoreHealth
from kanban_hardware.inputs import Input
from kanban_protocol.messages import Assignment, Command, HubStatus, LampState, Receipt, Receipts, Sync


@dataclass(frozen=True)
class Linked:
    """The broker has us, with every subscription. `connection` rises with each one, also over restarts."""

    connection: int


@dataclass(frozen=True)
class Unlinked:
    reason: str


@dataclass(frozen=True)
class ReceiptsArrived:
    receipts: Receipts


@dataclass(frozen=True)
class LampsArrived:
    state: LampState


@dataclass(frozen=True)
class AssignmentArrived:
    assignment: Assignment


@dataclass(frozen=True)
class SyncArrived:
    sync: Sync


@dataclass(frozen=True)
class HubStatusArrived:
    """`retained`: the broker's memory of it, which says nothing of how the hub is now."""

    status: HubStatus
    retained: bool


@dataclass(frozen=True)
class HubHeartbeatArrived:
    """The hub's committing thread lives. What the heartbeat holds is for people, not for a station."""


@dataclass(frozen=True)
class CommandArrived:
    command: Command


@dataclass(frozen=True)
class Stored:
    """The outbox has committed what the station asked for."""

    store: Store
    seq: int


@dataclass(frozen=True)
class StoreRefused:
    store: Store
    health: StoreHealth


@dataclass(frozen=True)
class Settled:
    """Receipts that were news to the outbox."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True)
class StoreLooked:
    """How the outbox is, looked at every now and then: it can heal without a press."""

    health: StoreHealth


@dataclass(frozen=True)
class CertificateLooked:
    """Whether the station's certificate has ended, as far as its wall clock knows."""

    is_over: bool


@dataclass(frozen=True)
class Renewed:
    """The outbox has gone on under a new epoch."""

    epoch: str
    highest_seq: int


Arrival = (
    Linked
    | Unlinked
    | ReceiptsArrived
    | LampsArrived
    | AssignmentArrived
    | SyncArrived
    | HubStatusArrived
    | HubHeartbeatArrived
    | CommandArrived
    | Stored
    | StoreRefused
    | Settled
    | StoreLooked
    | CertificateLooked
    | Renewed
)
StationInput = Input | Arrival
