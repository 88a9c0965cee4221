"""The signals: facts that a station reports. One type a kind, told apart by `kind`."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from kanban_protocol.ids import END, Boot, Epoch, LoopId, SignalId

MAX_SAFE_INTEGER = 2**53 - 1  # what a JSON number holds exactly in every reader (RFC 8259 §6)
MAX_AGE_MS = 30 * 24 * 3600 * 1000

Sequence = Annotated[int, Meta(ge=1, le=MAX_SAFE_INTEGER, description="Counts from 1 in its epoch, no gaps.")]
Milliseconds = Annotated[int, Meta(ge=0, le=MAX_SAFE_INTEGER)]
# The end of 9999 is the last instant that RFC 3339 can write and most libraries can hold.
WallTime = Annotated[
    int, Meta(ge=0, le=253_402_300_799_999, description="Milliseconds since 1970, UTC. It decides nothing.")
]
Age = Annotated[int, Meta(ge=0, le=MAX_AGE_MS, description="From the press to this sending, milliseconds.")]
Attempt = Annotated[int, Meta(ge=1, le=1_000_000, description="How often it was sent, this time included.")]
SlotNumber = Annotated[int, Meta(ge=1, le=8, description="A lit button of a station.")]
# Printable text without controls: NUL, ESC, line separators, what has no width and what turns the direction
# must reach neither a log nor a page.
_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*" + END
ShortText = Annotated[str, Meta(min_length=1, max_length=80, pattern=_PRINTABLE)]
# A label may carry the ISO 15434 separators GS and RS and its end EOT; nothing else below the blank.
Code = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[\x04\x1d\x1e\x20-\x7e]+" + END)]


class Clock(StrEnum):
    """How good the station's wall clock is."""

    SYNC = "sync"
    HELD = "held"
    UNSET = "unset"


class Intent(StrEnum):
    """What a scan shall mean."""

    NEXT = "next"
    FAIL = "fail"
    UNDO = "undo"
    RECEIVE = "receive"


class PullBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    loop: LoopId
    slot: SlotNumber | None = None


class AdvanceBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    loop: LoopId
    slot: SlotNumber | None = None


class ScanBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    code: Code
    intent: Intent = Intent.NEXT


class FailBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Exactly one of `loop` and `code` names the container."""

    loop: LoopId | None = None
    code: Code | None = None
    defect: ShortText | None = None
    lot: ShortText | None = None

    def __post_init__(self) -> None:
        if (self.loop is None) == (self.code is None):
            raise ValueError("a fail names either `loop` or `code`")


class CannotBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    loop: LoopId
    reason: ShortText | None = None


class HelpBody(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    topic: ShortText | None = None


class UndoBody(Struct, frozen=True, forbid_unknown_fields=True):
    signal: SignalId


class SignalEnvelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every signal carries. `age_ms` and `attempt` are set at sending and are no part of the content."""

    v: Annotated[int, Meta(ge=1, le=1)]
    id: SignalId
    epoch: Epoch
    seq: Sequence
    boot: Boot
    mono_ms: Milliseconds
    wall_ms: WallTime
    clock: Clock
    age_ms: Age
    attempt: Attempt


class Pull(SignalEnvelope, frozen=True, kw_only=True, tag="pull"):
    """A container was emptied: replenish it."""

    body: PullBody


class Advance(SignalEnvelope, frozen=True, kw_only=True, tag="advance"):
    """The supplier's press."""

    body: AdvanceBody


class Scan(SignalEnvelope, frozen=True, kw_only=True, tag="scan"):
    """A scanned card."""

    body: ScanBody


class Fail(SignalEnvelope, frozen=True, kw_only=True, tag="fail"):
    """A container was found bad."""

    body: FailBody


class Cannot(SignalEnvelope, frozen=True, kw_only=True, tag="cannot"):
    """The supplier cannot deliver."""

    body: CannotBody


class Help(SignalEnvelope, frozen=True, kw_only=True, tag="help"):
    """An andon call without material."""

    body: HelpBody


class Undo(SignalEnvelope, frozen=True, kw_only=True, tag="undo"):
    """Take an earlier signal back."""

    body: UndoBody


Signal = Pull | Advance | Scan | Fail | Cannot | Help | Undo
Body = PullBody | AdvanceBody | ScanBody | FailBody | CannotBody | HelpBody | UndoBody

SIGNAL_TYPES: tuple[type[Signal], ...] = (Pull, Advance, Scan, Fail, Cannot, Help, Undo)
KINDS: dict[str, type[Signal]] = {str(t.__struct_config__.tag): t for t in SIGNAL_TYPES}
