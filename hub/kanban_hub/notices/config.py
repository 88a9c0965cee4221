"""The notices file: who is told what, and by which way. Secrets stay in files of their own."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from kanban_hub.notices.notice import NoticeEvent
from kanban_protocol.ids import NAME_PATTERN

Id = Annotated[str, Meta(pattern=NAME_PATTERN)]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Text = Annotated[str, Meta(min_length=1, max_length=500)]
# RFC 5322's dot-atom, without quotes and comments: what stands in a mail's header can end nothing there.
_ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
_DOMAIN = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
Address = Annotated[str, Meta(pattern=rf"\A{_ATOMS}@{_DOMAIN}\Z", max_length=254)]
Events = Annotated[list[NoticeEvent], Meta(min_length=1)]


class Smtp(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mail server. `ca` is the file of an authority of one's own; without it the system's hold."""

    host: Text
    port: Annotated[int, Meta(ge=1, le=65535)]
    tls: Literal["starttls", "tls", "none"]
    sender: Address
    user: Text | None = None
    password_file: Text | None = None
    ca: Text | None = None
    allow_plain: bool = False


class Person(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A recipient of mail, and nothing else. Without `shifts` always told, without `stations` of all.

    With `supplier` it is one outside the plant: told of that station only, with links to its own page.
    """

    id: Id
    name: Name
    mail: Address
    events: Events
    language: Literal["en", "de", "es", "pl", "zh"] = "en"
    groups: list[Id] = []
    shifts: Annotated[list[Id], Meta(min_length=1)] | None = None
    stations: Annotated[list[Id], Meta(min_length=1)] | None = None
    supplier: Id | None = None


class Webhook(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A program that is told by HTTP."""

    id: Id
    url: Text
    secret_file: Text
    events: Events
    allow_private: bool = False
    ca: Text | None = None


class Digest(Struct, frozen=True, forbid_unknown_fields=True):
    """When the daily digest goes out, in the plant's time zone."""

    at: Annotated[str, Meta(pattern=r"\A([01]\d|2[0-3]):[0-5]\d\Z")] = "06:00"


class NoticesConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`board` is the address of the board that mails end with."""

    smtp: Smtp | None = None
    people: list[Person] = []
    webhooks: list[Webhook] = []
    digest: Digest = field(default_factory=Digest)
    board: Text | None = None

    def wants(self, event: NoticeEvent) -> bool:
        """Whether anybody asked for it."""
        asked = [person.events for person in self.people] + [webhook.events for webhook in self.webhooks]
        return any(event in events for events in asked)

    def person(self, person_id: str) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def webhook(self, webhook_id: str) -> Webhook | None:
        return next((webhook for webhook in self.webhooks if webhook.id == webhook_id), None)
