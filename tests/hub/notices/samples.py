"""Configurations, notices and secrets that the tests of notices share."""

import base64
from pathlib import Path
from typing import Any

from kanban_hub.notices.config import NoticesConfig, Person, Smtp, Webhook
from kanban_hub.notices.happening import Happening
from kanban_hub.notices.notice import Channel, Notice, NoticeEvent, notice_id

START_MS = 1_795_446_074_123
KEY = bytes(range(32))
EVERYTHING = list(NoticeEvent)


def smtp(port: int, **rest: Any) -> Smtp:
    return Smtp(port=port, sender="kanban@plant.example", **{"host": "localhost", "tls": "none", **rest})


def person(person_id: str = "lead", **rest: Any) -> Person:
    values = {"name": "Team lead", "mail": f"{person_id}@plant.example", "events": EVERYTHING, **rest}
    return Person(id=person_id, **values)


def webhook(url: str, folder: Path, **rest: Any) -> Webhook:
    path = folder / "hook.secret"
    secret(path, "whsec_" + base64.b64encode(KEY).decode())
    values = {"id": "hook", "events": EVERYTHING, "allow_private": True, **rest}
    return Webhook(url=url, secret_file=str(path), **values)


def secret(path: Path, text: str) -> Path:
    path.write_text(text + "\n")
    path.chmod(0o600)
    return path


def config(*people: Person, **rest: Any) -> NoticesConfig:
    return NoticesConfig(people=list(people), **rest)


def mail(recipient: str = "lead", key: str = "a", **rest: Any) -> Notice:
    return notice(Channel.MAIL, recipient, key, **rest)


def post(recipient: str = "hook", key: str = "a", **rest: Any) -> Notice:
    return notice(Channel.WEBHOOK, recipient, key, **rest)


def notice(channel: Channel, recipient: str, key: str, **rest: Any) -> Notice:
    values = {
        "event": NoticeEvent.CALL_RAISED,
        "subject": "Paint shop calls: help",
        "body": '{"type":"call_raised"}',
        "created_ms": START_MS,
        "due_ms": START_MS,
        **rest,
    }
    return Notice(id=notice_id(channel, recipient, key), channel=channel, recipient=recipient, **values)


def happening(event: NoticeEvent = NoticeEvent.CALL_RAISED, **rest: Any) -> Happening:
    values = {"key": "k", "at_ms": START_MS, "stations": frozenset({"paint"}), **rest}
    return Happening(event, **values)
