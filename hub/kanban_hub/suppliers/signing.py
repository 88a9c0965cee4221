"""What links and suppliers' forms bear: short texts that only this hub can have written.

Signed by HMAC-SHA256 with itsdangerous, which compares in constant time. Nothing in them is secret but the
signature; each use has a salt of its own, so that one can never pass for another.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

TOKEN_MOST = 1_000
# A form may lie open for a shift; what it says is held against the card's round all the same.
FORM_FOR_MS = 12 * 3_600_000
WORD_FOR_MS = 300_000


class Answer(StrEnum):
    """What a supplier can say."""

    SEEN = "seen"
    READY = "ready"
    CANNOT = "cannot"
    SHIP = "ship"


@dataclass(frozen=True)
class Reply:
    """One answer of a link about a card. `asked_ms` tells this round of the card from any other."""

    link: str
    card: str
    asked_ms: int
    answer: Answer


class Signer:
    """Signs with `key`, and reads what it has signed. What is not its own reads as `None`."""

    def __init__(self, key: str) -> None:
        options: dict[str, Any] = {
            "signer_kwargs": {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        }
        self._links = URLSafeSerializer(key, "supplier link", **options)
        self._screens = URLSafeSerializer(key, "screen link", **options)
        self._stations = URLSafeSerializer(key, "station link", **options)
        self._replies = URLSafeSerializer(key, "supplier reply", **options)
        self._forms = URLSafeSerializer(key, "supplier form", **options)
        self._words = URLSafeSerializer(key, "supplier word", **options)

    def link_token(self, link: str) -> str:
        return _text(self._links.dumps(link))

    def link(self, token: str) -> str | None:
        """The id of the link that `token` was made for."""
        found = _read(self._links, token)
        return found if isinstance(found, str) else None

    def screen_token(self, link: str) -> str:
        return _text(self._screens.dumps(link))

    def screen(self, token: str) -> str | None:
        """The id of the screen's link that `token` was made for."""
        found = _read(self._screens, token)
        return found if isinstance(found, str) else None

    def station_token(self, link: str) -> str:
        return _text(self._stations.dumps(link))

    def station(self, token: str) -> str | None:
        """The id of the station's link that `token` was made for."""
        found = _read(self._stations, token)
        return found if isinstance(found, str) else None

    def reply_token(self, reply: Reply) -> str:
        return _text(self._replies.dumps([reply.link, reply.card, reply.asked_ms, reply.answer.value]))

    def reply(self, token: str) -> Reply | None:
        found = _read(self._replies, token)
        if found is None:
            return None
        link, card, asked_ms, answer = found
        return Reply(link, card, asked_ms, Answer(answer))

    def form_token(self, link: str, now_ms: int) -> str:
        """For the forms of a page that was opened by `link`."""
        return _text(self._forms.dumps([link, now_ms]))

    def is_form(self, token: str, link: str, now_ms: int) -> bool:
        found = _read(self._forms, token)
        return found is not None and found[0] == link and now_ms - found[1] < FORM_FOR_MS

    def word_token(self, link: str, text: str, now_ms: int) -> str:
        """What was done, to be said by the page that the browser is sent to."""
        return _text(self._words.dumps([link, now_ms, text]))

    def word(self, token: str, link: str, now_ms: int) -> str | None:
        found = _read(self._words, token)
        if found is None or found[0] != link or now_ms - found[1] >= WORD_FOR_MS:
            return None
        return str(found[2])


def _read(serializer: URLSafeSerializer, token: str) -> Any:
    if len(token) > TOKEN_MOST:
        return None
    try:
        return serializer.loads(token)
    except BadData:
        return None


def _text(signed: str | bytes) -> str:
    return signed if isinstance(signed, str) else signed.decode()
