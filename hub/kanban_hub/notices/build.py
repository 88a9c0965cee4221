"""The sender of a notices file, put together."""

from kanban_hub.clock import SteadyClock
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.mail import MailCarrier
from kanban_hub.notices.notice import Channel
from kanban_hub.notices.sender import Carrier, Sender, SenderParts
from kanban_hub.notices.silence import Silence
from kanban_hub.notices.watch import Watch
from kanban_hub.notices.webhook import WebhookCarrier
from kanban_hub.ports import Store


def carriers_of(config: NoticesConfig) -> dict[Channel, Carrier]:
    return {Channel.MAIL: MailCarrier(config), Channel.WEBHOOK: WebhookCarrier(config)}


def sender_of(config: NoticesConfig, store: Store, clock: SteadyClock, silence: Silence) -> Sender:
    return Sender(SenderParts(store, clock, carriers_of(config), Watch(config, store, silence)))
