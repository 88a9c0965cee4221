"""How urgent a request is, in words that a supplier can plan by."""

from dataclasses import dataclass

from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.language import _
from kanban_hub.web.words import duration, spare


@dataclass(frozen=True)
class Need:
    """`rank` is `out`, `late` or `calm`; `words` say when it is needed, `more` what follows from it."""

    rank: str
    words: str
    more: str


def need(entry: QueueEntry) -> Need:
    """By when the consumer runs dry, and whether the usual lead time still fits into that."""
    lead_minutes = entry.remaining_lead_time_s / 60
    dry_minutes = entry.minutes_to_starvation + lead_minutes
    if entry.stock_pieces <= 0:
        return Need("out", _("Needed now: the plant has none left"), "")
    said = _("Needed in %(time)s") % {"time": duration(dry_minutes)}
    if entry.minutes_to_starvation < 0:
        times = {"time": duration(-entry.minutes_to_starvation), "usual": duration(lead_minutes)}
        return Need("late", said, _("%(time)s too late at the usual %(usual)s") % times)
    return Need("calm", said, spare(entry.minutes_to_starvation))
