"""The sum behind a place in a queue, as a supervisor would write it down for others."""

from kanban_hub.domain.replenishment import QueueEntry
from kanban_hub.domain.stock import MEASURED
from kanban_hub.language import _
from kanban_hub.web.numerals import numeral

_EXACT_BELOW_MIN, _HOURS_FROM_MIN = 3, 120


def in_words(entry: QueueEntry) -> str:
    """Such as (2 full × 20 pieces ÷ 30 per hour) − 12 min = 68 min."""
    return _("(%(stock)s ÷ %(rate)s per hour) − %(ahead)s = %(left)s") % {
        "stock": _stock(entry),
        "rate": numeral(entry.rate.per_hour),
        "ahead": _minutes(entry.remaining_lead_time_s / 60),
        "left": _minutes(entry.minutes_to_starvation),
    }


def meaning(entry: QueueEntry) -> str:
    """What the parts of the sum are, and where they come from."""
    rate = _("measured") if entry.rate.source == MEASURED else _("planned")
    ahead = _("measured") if entry.lead_time.source == MEASURED else _("planned")
    text = _("stock ÷ use (%(rate)s) − what is left of the lead time (%(ahead)s) = time until it lacks")
    return text % {"rate": rate, "ahead": ahead}


def _stock(entry: QueueEntry) -> str:
    pieces, full = entry.stock_pieces, entry.full_containers
    if pieces == full * entry.container_quantity:
        return _("%(full)s full × %(pieces)s pieces") % {"full": full, "pieces": entry.container_quantity}
    return _("%(pieces)s pieces in %(full)s containers") % {"full": full, "pieces": pieces}


def _minutes(minutes: float) -> str:
    """Exact enough to follow the sum: seconds near zero, hours far from it."""
    sign, size = "−" if minutes < 0 else "", abs(minutes)
    if size < _EXACT_BELOW_MIN:
        return sign + _("%(count)s s") % {"count": round(size * 60)}
    if size < _HOURS_FROM_MIN:
        return sign + _("%(count)s min") % {"count": round(size)}
    return sign + _("%(count)s h") % {"count": numeral(size / 60)}
