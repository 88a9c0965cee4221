"""Every message that is not a signal: what a station tells of itself, and what the hub tells it."""

from enum import StrEnum
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from kanban_protocol.ids import END, NAME_PATTERN, Boot, CardId, Epoch, LoopId, SignalId
from kanban_protocol.refusals import Refusal
from kanban_protocol.signals import Clock, Milliseconds, Sequence, SlotNumber, WallTime

Version = Annotated[int, Meta(ge=1, le=1)]
Revision = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Text = Annotated[str, Meta(max_length=200)]
ReleaseNumber = Annotated[int, Meta(ge=1, le=2**31 - 1, description="Counts up with each release.")]
SlotKey = Annotated[str, Meta(pattern=r"^[1-8]" + END, description="A slot number as a key.")]
# A lamp by its place: a slot number, or a colour of the stack light. Blue and white are reported where they
# are wired and wanted by nobody: they are the station's own word.
LampKey = Annotated[str, Meta(pattern=r"^([1-8]|red|amber|green|blue|white)" + END)]


class LampPattern(StrEnum):
    """How a lamp is lit. A dark lamp never means that nothing is known: that is `double`."""

    OFF = "off"
    SLOW = "slow"
    ON = "on"
    FAST = "fast"
    DOUBLE = "double"


class Message(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    v: Version


class StationStatus(Message, frozen=True, kw_only=True, omit_defaults=False):
    """Birth and last will of a station. A will counts only for the boot and connection that left it."""

    online: bool
    boot: Boot
    connection: Count
    firmware: Annotated[str, Meta(max_length=32)]


class UpdateStep(StrEnum):
    """How far a station has come with the release that it was told to run."""

    FETCHING = "fetching"
    INSTALLING = "installing"
    TRIAL = "trial"
    REFUSED = "refused"
    RETURNED = "returned"


class UpdateFault(StrEnum):
    """Why a release does not run: never begun (`refused`), or given up again (`returned`)."""

    UNABLE = "unable"
    UNSENT = "unsent"
    UNREACHABLE = "unreachable"
    UNSIGNED = "unsigned"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    OLDER = "older"
    TOO_FAR = "too_far"
    BAD = "bad"
    UNFIT = "unfit"
    NO_ROOM = "no_room"
    NOT_INSTALLED = "not_installed"
    NOT_STARTED = "not_started"
    NOT_WELL = "not_well"
    BY_HAND = "by_hand"


class UpdateReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What has become of the newest order to run a release. It goes when that release runs for good."""

    release: ReleaseNumber
    step: UpdateStep
    fault: UpdateFault | None = None


# After bad starts a station leaves off its scanners (1), all but its lit buttons (2), all its hardware (3).
Retreat = Annotated[int, Meta(ge=1, le=3, description="What it leaves off after starts that failed.")]
# A lamp that does not follow, whatever it should show now: `off` does not light, `on` does not go out.
StuckLamps = Annotated[
    dict[LampKey, LampPattern], Meta(max_length=13, description="Lamps that do not follow.")
]


class StationHeartbeat(Message, frozen=True, kw_only=True, omit_defaults=False):
    """How a station is. The hub's measure of silence."""

    boot: Boot
    uptime_s: Count
    outbox: Annotated[int, Meta(ge=0, description="Signals without a receipt.")]
    oldest_s: Annotated[float, Meta(ge=0, description="Age of the oldest of them, seconds.")]
    clock: Clock
    temperature_c: Annotated[float, Meta(ge=-60, le=150)] | None
    disk_free_bytes: Count | None
    inputs: Annotated[dict[str, str], Meta(max_length=16, description="Part to `ok`, `stuck` or `lost`.")]
    lamps_revision: Revision | None
    refused: Annotated[int, Meta(ge=0, description="Presses refused at the station since its start.")]
    release: ReleaseNumber | UnsetType = UNSET  # left out where no release was installed
    update: UpdateReport | UnsetType = UNSET
    retreat: Retreat | UnsetType = UNSET  # left out while everything runs
    stuck_lamps: StuckLamps | UnsetType = UNSET  # left out while every lamp follows


class ShownLamps(Message, frozen=True, kw_only=True, omit_defaults=False):
    """What the lamps really show, for the wanted state (`epoch`, `revision`) applied last."""

    epoch: Epoch | None
    revision: Revision | None
    lamps: dict[LampKey, LampPattern]


class ReceiptStatus(StrEnum):
    """The hub's word on a signal. All three take it out of the outbox."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    REFUSED = "refused"


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    seq: Sequence
    status: ReceiptStatus
    card: CardId | None = None
    state: Annotated[str, Meta(max_length=20)] | None = None
    reason: Refusal | None = None
    text: Text | None = None


class Receipts(Message, frozen=True, kw_only=True):
    """The hub's word on one or more signals of one station."""

    epoch: Epoch
    signals: Annotated[list[Receipt], Meta(min_length=1, max_length=64)]


class Sync(Message, frozen=True, kw_only=True):
    """How far the hub has each outbox epoch: all up to this sequence number, without a gap."""

    epochs: Annotated[dict[Epoch, Count], Meta(max_length=64)]


class Stack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The stack light."""

    red: LampPattern
    amber: LampPattern
    green: LampPattern


class DisplayLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    slot: SlotNumber
    text: Annotated[str, Meta(max_length=80)]


class LampState(Message, frozen=True, kw_only=True, omit_defaults=False):
    """What the lamps should show now: the whole state each time."""

    epoch: Epoch
    revision: Revision
    as_of: WallTime
    slots: dict[SlotKey, LampPattern]
    stack: Stack
    because: Annotated[list[SignalId], Meta(max_length=32, description="Newest first.")]
    display: Annotated[list[DisplayLine], Meta(max_length=8)] = field(default_factory=list)


class Side(StrEnum):
    """On which end of a loop a station stands."""

    SUPPLIER = "supplier"
    CONSUMER = "consumer"


class AssignedSlot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    slot: SlotNumber
    loop: LoopId
    side: Side
    item: Annotated[str, Meta(max_length=80, description="The item's name, for the display.")]


class Assignment(Message, frozen=True, kw_only=True):
    """What each slot of a station means."""

    slots: Annotated[list[AssignedSlot], Meta(max_length=8)]


class CommandKind(StrEnum):
    """The closed list of what a hub may tell a station to do. Never a path, a template or a shell line."""

    IDENTIFY = "identify"
    SELF_TEST = "self_test"
    UPDATE = "update"
    REBIRTH = "rebirth"


class Command(Message, frozen=True, kw_only=True):
    """`update` names the number of a `release`; with `force`, also signals unsent and one that was bad."""

    id: SignalId
    command: CommandKind
    release: Annotated[str, Meta(pattern=NAME_PATTERN)] | None = None
    force: bool = False


class HubStatus(Message, frozen=True, kw_only=True):
    """Birth and last will of the hub."""

    online: bool
    epoch: Epoch
    boot: Boot


class HubHeartbeat(Message, frozen=True, kw_only=True):
    """Sent by the thread that commits, so a hub with a hung database falls silent."""

    boot: Boot
    count: Count
    commit_age_ms: Milliseconds
