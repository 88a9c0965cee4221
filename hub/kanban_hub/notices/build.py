"""The sender of a notices file, put together."""

from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.mail import MailCarrier
from kanban_hub.notices.notice import Channel
from kanban_hub.notices.sender import Carrier, Sender, SenderParts
from kanban_hub.notices.silence import Silence
from kanban_hub.notices.watch import Watch
from kanban_hub.notices.webhook import WebhookCarrier
from kanban_hub.suppliers.mailmarks import MailLinks, without_marks


def carriers_of(config: NoticesConfig, links: MailLinks | None = None) -> dict[Channel, Carrier]:
    """Without `links` mails bear no addresses of suppliers' pages."""
    filled = links.filled if links is not None else without_marks
    return {Channel.MAIL: MailCarrier(config, links=filled), Channel.WEBHOOK: WebhookCarrier(config)}


def sender_of(config: NoticesConfig, links: MailLinks, silence: Silence) -> Sender:
    store, watch = links.store, Watch(config, links.store, silence)
    return Sender(SenderParts(store, links.clock, carriers_of(config, links), watch))
