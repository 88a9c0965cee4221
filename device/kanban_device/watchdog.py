"""The watchdog's food: given by the main loop, and only while every part gets on."""

import logging
from collections.abc import Callable

from kanban_device.errors import StoreError
from kanban_device.outbox import Outbox
from kanban_device.progress import Progress, standstills
from kanban_device.supervisor import Supervisor
from kanban_device.surface import Surface
from kanban_protocol.link import Link

log = logging.getLogger(__name__)

PROBE_S = (
    40.0  # 2,200 small writes a day, which a card bears for years; a commit may hang 20 s before it counts
)
FEEDS = 4  # as often within the watchdog's time, so that one late turn is no reason to be killed


class Watchdog:
    """One owner, the main loop: a loop that hangs feeds nothing."""

    def __init__(self, supervisor: Supervisor, panel: Surface, outbox: Outbox, link: Link) -> None:
        self._supervisor = supervisor
        self._panel = panel
        self._outbox = outbox
        self._link = link
        self._turned_at_s: float | None = None
        self._committed_at_s = 0.0
        self._feed_at_s = 0.0
        self._told: tuple[str, ...] = ()

    def turn(self, clock: Callable[[], float]) -> None:
        """Take a turn of the main loop; feed when it is time and nothing stands still."""
        now_s = clock()
        if self._turned_at_s is None:
            self._turned_at_s = self._committed_at_s = now_s
        if now_s - self._committed_at_s >= PROBE_S:
            self._probe()
            self._committed_at_s = now_s = clock()
        if now_s >= self._feed_at_s:
            self._feed(now_s)
        self._turned_at_s = now_s

    def _probe(self) -> None:
        try:
            self._outbox.probe()
        except StoreError as error:
            log.debug("the outbox refuses: %s", error)  # the lamps say so; see `Progress.committed_at_s`

    def _feed(self, now_s: float) -> None:
        found = standstills(self._progress(now_s), now_s)
        if found != self._told:
            self._told = found
            log.error("the watchdog is %s", f"not fed: {', '.join(found)}" if found else "fed again")
        if not found:
            self._feed_at_s = now_s + self._supervisor.watchdog_s / FEEDS
            self._supervisor.alive()

    def _progress(self, now_s: float) -> Progress:
        panel = self._panel.health()
        return Progress(
            turned_at_s=self._turned_at_s if self._turned_at_s is not None else now_s,
            committed_at_s=self._committed_at_s,
            linked_at_s=self._link.turned_at_s,
            panel_at_s=panel["turn_at_s"],
            hears_edges=panel["hears_edges"],
        )
