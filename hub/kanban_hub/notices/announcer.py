"""What a commit has to tell, to whom: from the floor before and after it, and its events."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant
from kanban_hub.notices.conditions import Conditions, begun, conditions
from kanban_hub.notices.config import NoticesConfig
from kanban_hub.notices.happening import Happening, happenings
from kanban_hub.notices.letters import Letters
from kanban_hub.notices.notice import Notice
from kanban_hub.notices.recipients import told
from kanban_hub.notices.roster import roster_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Announcer:
    """Asked by the one who commits. A fault of ours in here costs the notices, never the commit."""

    config: NoticesConfig = field(default_factory=NoticesConfig)

    def look(self, floor: Floor, now_ms: int) -> Conditions:
        """What holds before a commit, to be given to `notices` after it."""
        return conditions(floor, now_ms) if self._is_asked else Conditions()

    def notices(
        self, floor: Floor, before: Conditions, events: Sequence[tuple[Event, Occasion]], now_ms: int
    ) -> list[Notice]:
        """The notices of a commit: one for each recipient of each thing to tell."""
        if not self._is_asked:
            return []
        try:
            found = [*happenings(floor, events), *begun(floor, before, now_ms)]
            return notices_of(self.config, floor.plant, found, now_ms)
        except Exception:  # the signals go on: they are what the plant lives by
            log.exception("the notices of a commit are lost")
            return []

    @property
    def _is_asked(self) -> bool:
        return bool(self.config.people or self.config.webhooks)


def notices_of(config: NoticesConfig, plant: Plant, found: Sequence[Happening], now_ms: int) -> list[Notice]:
    """One notice for each recipient of each of `found`. Pure."""
    letters, roster = Letters(config, now_ms, plant.calendar.timezone), roster_of(plant)
    mails = [letters.mail(person, one) for one in found for person in told(config.people, one, roster)]
    hooks = [
        letters.webhook(webhook, one)
        for one in found
        for webhook in config.webhooks
        if one.event in webhook.events
    ]
    return mails + hooks
