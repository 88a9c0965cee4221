"""A notice that says nothing but that its way works."""

from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.happening import Happening
from kanban_hub.notices.letters import Letters
from kanban_hub.notices.notice import Notice, NoticeEvent


def trial_notice(config: NoticesConfig, recipient: str, now_ms: int) -> Notice | None:
    """For a person or a webhook of `config`; `None`: there is no such recipient."""
    facts: dict[str, str | int] = {
        "day": "Test",
        "summary": "this way works",
        "report": "This is a test. Nothing has happened.",
    }
    happening = Happening(NoticeEvent.DIGEST, f"test:{now_ms}", now_ms, frozenset(), facts)
    letters = Letters(config, now_ms)
    person, webhook = config.person(recipient), config.webhook(recipient)
    if person is not None:
        return letters.mail(person, happening)
    return letters.webhook(webhook, happening) if webhook is not None else None
