"""Whether the firmware gets on: every part that can hang or end without a word, by its last turn. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

TURN_MOST_S = 5.0
COMMIT_MOST_S = 60.0
PANEL_MOST_S = 5.0
# A name server that is away holds a connection up: three servers, asked twice, 5 s each (resolv.conf(5)),
# for the name and for the name in a search domain, and 5 s more for the connection itself.
LINK_MOST_S = 120.0


@dataclass(frozen=True)
class Progress:
    """When each part last got on, by one clock, seconds.

    `committed_at_s` is when the outbox last came back from a commit, taken or refused: a full disk is told
    on the lamps, and a restart does not empty it. A commit that never comes back is a disk that hangs.
    """

    turned_at_s: float
    committed_at_s: float
    linked_at_s: float
    panel_at_s: float
    hears_edges: bool = True


def standstills(progress: Progress, now_s: float) -> tuple[str, ...]:
    """The parts that do not get on; nothing while all is well."""
    return tuple(_standstills(progress, now_s))


def _standstills(progress: Progress, now_s: float) -> Iterator[str]:
    limits = (
        ("main loop", progress.turned_at_s, TURN_MOST_S),
        ("outbox", progress.committed_at_s, COMMIT_MOST_S),
        ("link to the broker", progress.linked_at_s, LINK_MOST_S),
        ("panel", progress.panel_at_s, PANEL_MOST_S),
    )
    for part, at_s, most_s in limits:
        if now_s - at_s > most_s:
            yield part
    if not progress.hears_edges:
        yield "reporting of presses"
