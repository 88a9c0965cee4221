"""A notice: one event told to one recipient, and how far it has come."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum


class NoticeEvent(StrEnum):
    """What people and webhooks can ask to be told."""

    REQUESTED = "requested"  # a supplier outside the plant has new requests
    CALL_RAISED = "call_raised"
    CALL_ESCALATED = "call_escalated"
    LINE_STOPPED = "line_stopped"
    STARVING = "starving"  # the consumer's last full container is gone
    PROMISE_LATE = "promise_late"  # the supplier's promise is later than the stock lasts
    STATION_SILENT = "station_silent"
    LAMPS_WRONG = "lamps_wrong"  # a station shows something else than it should
    DIGEST = "digest"  # once a day


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up; only a person's order sends it again


@dataclass(frozen=True)
class Notice:
    """Times are milliseconds of the hub's steady clock. `number` is 0 until it is stored.

    `id` follows from event and recipient, so the same one is stored once and sent under one name.
    `recipient` is the id of a person or a webhook in the notices file, `body` the text or JSON to send.
    """

    id: str
    channel: Channel
    recipient: str
    event: NoticeEvent
    subject: str
    body: str
    created_ms: int
    due_ms: int
    number: int = 0
    state: NoticeState = NoticeState.WAITING
    attempts: int = 0
    ended_ms: int | None = None
    last_error: str | None = None

    def sent(self, now_ms: int) -> "Notice":
        return replace(self, state=NoticeState.SENT, attempts=self.attempts + 1, ended_ms=now_ms)

    def failed(self, error: str, due_ms: int) -> "Notice":
        """To be tried again at `due_ms`."""
        return replace(self, attempts=self.attempts + 1, due_ms=due_ms, last_error=error)

    def dead(self, error: str, now_ms: int) -> "Notice":
        attempts = self.attempts + 1
        return replace(
            self, state=NoticeState.DEAD, attempts=attempts, ended_ms=now_ms, last_error=error
        )  # fmt: skip


def notice_id(channel: Channel, recipient: str, key: str) -> str:
    """32 hex digits that are the same whenever the same event is told to the same recipient."""
    return hashlib.sha256(f"{channel}\n{recipient}\n{key}".encode()).hexdigest()[:32]
