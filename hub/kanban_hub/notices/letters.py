"""From something to tell to a notice for one recipient: a mail's text, or a webhook's document."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from kanban_hub.language import N_, _, speaking
from kanban_hub.notices import texts
from kanban_hub.notices.config import NoticesConfig, Person, Webhook
from kanban_hub.notices.happening import Happening, requests_of
from kanban_hub.notices.notice import Channel, Notice, notice_id
from kanban_hub.suppliers.mailmarks import PAGE, reply_mark
from kanban_hub.suppliers.signing import Answer


@dataclass(frozen=True)
class Letters:
    """Writes notices. `now_ms` is when they are made, `timezone` the plant's, by which people read."""

    config: NoticesConfig
    now_ms: int
    timezone: str = "UTC"

    def mail(self, person: Person, happening: Happening) -> Notice:
        """In the language of `person`."""
        with speaking(person.language):
            words, facts = texts.spoken(happening.event), self._shown(happening)
            end = self._board() if person.supplier is None else _answers(happening)
            content = texts.subject(words, facts), texts.body(words, facts) + end
        return self._notice(Channel.MAIL, person.id, happening, content)

    def webhook(self, webhook: Webhook, happening: Happening) -> Notice:
        """The payload's form is that of Standard Webhooks: type, timestamp, data."""
        words = texts.ENGLISH[happening.event]
        document = {
            "type": happening.event.value,
            "timestamp": _instant(happening.at_ms),
            "data": {"stations": sorted(happening.stations), **_told(happening)},
        }
        content = texts.subject(words, self._shown(happening)), msgspec.json.encode(document).decode()
        return self._notice(Channel.WEBHOOK, webhook.id, happening, content)

    def _notice(
        self, channel: Channel, recipient: str, happening: Happening, content: tuple[str, str]
    ) -> Notice:
        subject, body = content
        return Notice(
            id=notice_id(channel, recipient, happening.key),
            channel=channel,
            recipient=recipient,
            event=happening.event,
            subject=subject,
            body=body,
            created_ms=self.now_ms,
            due_ms=self.now_ms,
        )

    def _board(self) -> str:
        return f"\n{self.config.board}\n" if self.config.board else ""

    def _shown(self, happening: Happening) -> dict[str, str]:
        """The facts for people: one line each, times by the plant's clock."""
        facts = {name: str(value) for name, value in happening.facts.items()}
        if "requests" in facts:
            facts["requests"] = requests_of(happening.asks, int(facts.get("more", 0)))
        if "kind" in facts:
            facts["kind"] = texts.kind(facts["kind"])
        return {
            name.removesuffix("_ms"): self._time(int(text)) if name.endswith("_ms") else _lines(text)
            for name, text in facts.items()
        }

    def _time(self, at_ms: int) -> str:
        """As every language reads it."""
        return f"{datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.timezone)):%Y-%m-%d %H:%M}"


def _answers(happening: Happening) -> str:
    """For a supplier: its answers to what is asked, and its page. The addresses come in when it is sent."""
    lines = []
    for ask in happening.asks:
        lines += ["", _("%(what)s, card %(card)s:") % {"what": ask.says, "card": ask.card}]
        lines += [
            f"{_(says)}: {reply_mark(ask.card, ask.asked_ms, answer)}" for answer, says in _SAYS.items()
        ]
    return "\n".join([*lines, "", _("All of it, and to ship: %(page)s") % {"page": PAGE}, ""])


_SAYS = {Answer.SEEN: N_("Seen"), Answer.READY: N_("Ready at"), Answer.CANNOT: N_("Cannot")}


def _lines(text: str) -> str:
    return "\n".join(texts.one_line(line) for line in text.split("\n"))


def _told(happening: Happening) -> dict[str, str | int]:
    """The facts for programs: times by RFC 3339, names ending in `_at`."""
    return {
        f"{name.removesuffix('_ms')}_at" if name.endswith("_ms") else name: _instant(int(value))
        if name.endswith("_ms")
        else value
        for name, value in happening.facts.items()
    }


def _instant(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
