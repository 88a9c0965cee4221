"""The screens as the hub last heard them, and what each is to be told at its next question.

In memory: a screen asks every few seconds, so after a start all of them are soon known again.
"""

import threading
from dataclasses import dataclass
from typing import Protocol

from kanban_hub.clock import SteadyClock
from kanban_hub.ports import ScreenLink, Store
from kanban_hub.presence import Presence
from kanban_hub.suppliers.signing import Signer

# Two hundred screens ask at once; who takes a link back in another process is heard within it.
KNOWN_FOR_S = 1.0
# A screen that cannot be reached for so long does not surprise whoever stands before it later.
TOLD_FOR_S = 60.0


class _Parts(Protocol):
    """What of the web's parts is needed here."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> SteadyClock: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def signer(self) -> Signer: ...


@dataclass(frozen=True)
class Seen:
    """The last question of one screen: of which page, from where, with which version of the assets."""

    at_s: float
    path: str
    address: str
    assets: str


@dataclass(frozen=True)
class Telling:
    """An order for a screen. `number` tells it from every other, so that it is done once."""

    number: int
    order: str
    until_s: float


class ScreenDesk:
    """For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: dict[str, ScreenLink] = {}
        self._links_s: float | None = None
        self._seen: dict[str, Seen] = {}
        self._tellings: dict[str, Telling] = {}

    def good(self, parts: _Parts, token: str) -> ScreenLink | None:
        """The link that `token` was made for, while it is good."""
        link_id = parts.signer.screen(token) if token else None
        if link_id is None:
            return None
        link = self._known(parts, link_id).get(link_id)
        return link if link is not None and link.is_good(parts.clock.now_ms()) else None

    def forget(self) -> None:
        """Look at the links anew: one has changed."""
        with self._lock:
            self._links_s = None

    def hear(self, link: str, seen: Seen) -> None:
        with self._lock:
            self._seen[link] = seen

    def seen(self, link: str) -> Seen | None:
        with self._lock:
            return self._seen.get(link)

    def tell(self, link: str, telling: Telling) -> None:
        """Only the newest order counts."""
        with self._lock:
            self._tellings[link] = telling

    def telling(self, link: str, now_s: float) -> Telling | None:
        """What the screen is to do. It stays until its time is over: an answer may be lost on its way."""
        with self._lock:
            found = self._tellings.get(link)
        return found if found is not None and now_s < found.until_s else None

    def _known(self, parts: _Parts, link: str) -> dict[str, ScreenLink]:
        """The links of a moment ago; those of now when `link` is not among them."""
        with self._lock:
            now_s = parts.presence.now_s()
            is_old = self._links_s is None or not 0 <= now_s - self._links_s < KNOWN_FOR_S
            if is_old or link not in self._links:
                with parts.store.view() as view:
                    self._links = {link.id: link for link in view.screens()}
                self._links_s = now_s
            return self._links
