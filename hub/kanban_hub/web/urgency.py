"""How urgent a card of a queue is, in one word that names a shape and a colour."""

from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.language import N_, _

# Less than this to spare is due soon.
SOON_MINUTES = 30.0
# The most urgent first.
URGENCIES = ("out", "late", "soon", "calm")
_WORDS = {"out": N_("none left"), "late": N_("late"), "soon": N_("due soon"), "calm": N_("in time")}


def urgency(entry: QueueEntry) -> str:
    """One of `URGENCIES`; `out`: the consumer has no full container left."""
    if not entry.full_containers:
        return "out"
    if entry.minutes_to_starvation < 0:
        return "late"
    return "soon" if entry.minutes_to_starvation < SOON_MINUTES else "calm"


def word(one: str) -> str:
    """How one of `URGENCIES` is said."""
    return _(_WORDS[one])
