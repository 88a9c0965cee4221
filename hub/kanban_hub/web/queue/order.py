"""From a form of the queue's page to the orders that it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import uuid4

from kanban_hub.domain.floor import Floor
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.moves import OPEN, Standing, State
from kanban_hub.language import N_, _
from kanban_hub.orders import Cannot, MakePromise, Order, See, TakeBack
from kanban_hub.web.card.deeds import TEXTS, Deed
from kanban_hub.web.card.order import WrongEntryError, order_of, text_of
from kanban_hub.web.instant import milliseconds

Fields = Mapping[str, str]
STEPS = ("start", "finish", "ship")
# From now, for whoever has gloves on.
MINUTES = (30, 60, 120, 240)
# What is said when it is done.
DONE: dict[str, str] = {
    "see": N_("The consumers see now that you have seen it."),
    "promise": N_("The consumer knows now when it is ready."),
    "cannot": N_("Somebody has a call on it now."),
    "exchange": N_("The two have changed places."),
    "undo": N_("Taken back."),
    **{name: TEXTS[name][1] for name in STEPS},
}


@dataclass(frozen=True)
class Asking:
    """Who asks of which station, and when; `zone` is that of times typed in."""

    station: str
    now_ms: int
    zone: tzinfo


def orders_of(floor: Floor, asking: Asking, fields: Fields) -> list[Order]:
    """The orders in their turn. Raises a `WrongEntryError` or a `DomainError`."""
    match fields.get("do", ""):
        case "see":
            return _see(floor, asking.station)
        case "promise":
            return [_promise(floor, asking, fields)]
        case "cannot":
            loop = _loop(floor, asking.station, fields)
            return [Cannot(loop, text_of(fields, "reason"), signal=str(uuid4()))]
        case "exchange":
            return [_exchange(asking.station, fields)]
        case "undo":
            return [TakeBack(asking.station, fields.get("signal", "")[:40])]
        case name if name in STEPS:
            card = floor.card(fields.get("card", ""))
            _loop(floor, asking.station, {"loop": card.loop})
            return [order_of(Deed(name, asking.station), card, fields)]
    raise WrongEntryError(_("Nothing was done: use one of the buttons of the page."))


def _see(floor: Floor, station: str) -> list[Order]:
    """One signal for all of them, so that one undo takes all of them back."""
    signal = str(uuid4())
    return [
        See(loop.id, signal)
        for loop in floor.plant.loops_at(station)
        if loop.supplier == station and any(_is_unseen(floor, loop.id))
    ]


def _is_unseen(floor: Floor, loop: str) -> list[bool]:
    cards = floor.cards_of(loop)
    return [card.state is State.REQUESTED and card.standing is Standing.ACTIVE for card in cards]


def _loop(floor: Floor, station: str, fields: Fields) -> str:
    """A loop that the station supplies, and of which something is asked."""
    loop = floor.plant.loops.get(fields.get("loop", ""))
    if loop is None or loop.supplier != station:
        raise WrongEntryError(_("Nothing was done: that is not made here. Load the page anew."))
    if not any(card.state in OPEN for card in floor.cards_of(loop.id)):
        raise WrongEntryError(_("Nothing was done: nothing of it is asked for any more."))
    return loop.id


def _promise(floor: Floor, asking: Asking, fields: Fields) -> Order:
    loop, soon = _loop(floor, asking.station, fields), fields.get("in", "")
    if soon in {str(minutes) for minutes in MINUTES}:
        return MakePromise(loop, asking.now_ms + int(soon) * 60_000, text_of(fields, "reason"))
    try:
        ready = datetime.fromisoformat(fields.get("ready", "").strip())
        ready_ms = milliseconds(ready.replace(tzinfo=asking.zone))
    except (ValueError, OverflowError):
        raise WrongEntryError(_("Say date and time when it is ready, such as 2027-03-01T14:20.")) from None
    if ready_ms <= asking.now_ms:
        raise WrongEntryError(_("That time is over: say one that is still to come."))
    return MakePromise(loop, ready_ms, text_of(fields, "reason"))


def _exchange(station: str, fields: Fields) -> Order:
    first, second, reason = fields.get("card", ""), fields.get("other", ""), text_of(fields, "reason")
    if not first or not second or first == second:
        raise WrongEntryError(_("Choose two different cards that are to change places."))
    if reason is None:
        raise WrongEntryError(_("Say why they change places: a change in the frozen zone needs a reason."))
    return Resequence(station, first, second, reason)
