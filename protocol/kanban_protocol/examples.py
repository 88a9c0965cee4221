"""One example of every message, for the documents that are made from the contract."""

from typing import Any

from kanban_protocol import messages as m
from kanban_protocol import signals as s
from kanban_protocol.refusals import TEXTS, Refusal

_SIGNAL_ID = "0198f2c4-7c1e-7abc-8def-0123456789ab"
_OUTBOX_EPOCH = "9f2c61d0a7b34e55"
_HUB_EPOCH = "b1c2d3e4f5061728"
_WALL_MS = 1795446074123


def _envelope(seq: int) -> dict[str, Any]:
    last_digits = 0x0123456789AB + seq - 1234
    return {
        "v": 1,
        "id": f"0198f2c4-7c1e-7abc-8def-{last_digits:012x}",
        "epoch": _OUTBOX_EPOCH,
        "seq": seq,
        "boot": "8f64b87a",
        "mono_ms": 912345,
        "wall_ms": _WALL_MS,
        "clock": s.Clock.SYNC,
        "age_ms": 1870,
        "attempt": 2,
    }


SIGNALS: tuple[s.Signal, ...] = (
    s.Pull(**_envelope(1234), body=s.PullBody(loop="bracket", slot=1)),
    s.Advance(**_envelope(1235), body=s.AdvanceBody(loop="bracket", slot=2)),
    s.Scan(**_envelope(1236), body=s.ScanBody(code="bracket-0003-K", intent=s.Intent.RECEIVE)),
    s.Fail(**_envelope(1237), body=s.FailBody(loop="bracket", defect="Paint runs", lot="A-778")),
    s.Cannot(**_envelope(1238), body=s.CannotBody(loop="bracket", reason="No steel")),
    s.Help(**_envelope(1239), body=s.HelpBody(topic="Forklift")),
    s.Undo(**_envelope(1240), body=s.UndoBody(signal=_SIGNAL_ID)),
)

MESSAGES: tuple[m.Message, ...] = (
    m.StationStatus(v=1, online=True, boot="8f64b87a", connection=7, firmware="0.3.0"),
    m.StationHeartbeat(
        v=1,
        boot="8f64b87a",
        uptime_s=86_400,
        outbox=2,
        oldest_s=12.5,
        clock=s.Clock.SYNC,
        temperature_c=51.2,
        disk_free_bytes=9_876_543_210,
        inputs={"slot 1": "ok", "scanner 1": "lost"},
        lamps_revision=42,
        refused=0,
    ),
    m.ShownLamps(
        v=1,
        epoch=_HUB_EPOCH,
        revision=42,
        lamps={
            "1": m.LampPattern.SLOW,
            "red": m.LampPattern.OFF,
            "amber": m.LampPattern.SLOW,
            "green": m.LampPattern.OFF,
        },
    ),
    m.Receipts(
        v=1,
        epoch=_OUTBOX_EPOCH,
        signals=[
            m.Receipt(seq=1234, status=m.ReceiptStatus.ACCEPTED, card="bracket-0003", state="requested"),
            m.Receipt(seq=1235, status=m.ReceiptStatus.ALREADY, text="Already asked for: 4 of 4 on the way"),
            m.Receipt(
                seq=1236,
                status=m.ReceiptStatus.REFUSED,
                reason=Refusal.UNKNOWN_CARD,
                text=TEXTS[Refusal.UNKNOWN_CARD],
            ),
        ],
    ),
    m.Sync(v=1, epochs={_OUTBOX_EPOCH: 1234}),
    m.LampState(
        v=1,
        epoch=_HUB_EPOCH,
        revision=42,
        as_of=_WALL_MS,
        slots={"1": m.LampPattern.SLOW},
        stack=m.Stack(red=m.LampPattern.OFF, amber=m.LampPattern.SLOW, green=m.LampPattern.OFF),
        because=[_SIGNAL_ID],
        display=[m.DisplayLine(slot=1, text="Bracket, left: 3 asked, oldest 12 min")],
    ),
    m.Assignment(
        v=1, slots=[m.AssignedSlot(slot=1, loop="bracket", side=m.Side.CONSUMER, item="Bracket, left")]
    ),
    m.Command(v=1, id="0198f2c4-9d30-7def-8abc-ba9876543210", command=m.CommandKind.IDENTIFY),
    m.HubStatus(v=1, online=True, epoch=_HUB_EPOCH, boot="c0ffee12"),
    m.HubHeartbeat(v=1, boot="c0ffee12", count=8640, commit_age_ms=35),
)


def example_of(form: type[Any]) -> Any:
    """The example of one type of message."""
    return next(example for example in (*SIGNALS, *MESSAGES) if type(example) is form)
