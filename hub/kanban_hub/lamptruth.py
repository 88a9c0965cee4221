"""Whether a station shows what it should: what the hub wants, against the read-back."""

from dataclasses import dataclass

from kanban_hub.domain.lamps import Lamps
from kanban_hub.ports import WantedLamps
from kanban_hub.presence import Heard
from kanban_protocol.messages import ShownLamps

# The time within which lamps follow; called different before, every press would be a fault.
FOLLOW_S = 15.0


@dataclass(frozen=True)
class Moment:
    """Now, by the store's clock and by that of what was heard."""

    now_ms: int
    now_s: float


def differs(wanted: WantedLamps | None, heard: Heard, epoch: str, moment: Moment) -> bool:
    """Whether a station that is there has shown something else than it should for longer than `FOLLOW_S`.

    Wish and show have both been so long: a press, or a command to show itself, lasts less than that.
    """
    if wanted is None or not heard.is_online(moment.now_s):
        return False
    shows_for_s = heard.shows_for_s(moment.now_s)
    is_young = moment.now_ms - wanted.as_of_ms <= FOLLOW_S * 1000
    is_young = is_young or (shows_for_s is not None and shows_for_s <= FOLLOW_S)
    return not is_young and not are_confirmed(wanted, heard.lamps, epoch)


def by_place(lamps: Lamps) -> dict[str, str]:
    """Every lamp by slot number or stack colour, as stations report them."""
    slots = {str(slot): pattern.value for slot, pattern in lamps.slots.items()}
    stack = lamps.stack
    return {**slots, "red": stack.red.value, "amber": stack.amber.value, "green": stack.green.value}


def are_confirmed(wanted: WantedLamps | None, shown: ShownLamps | None, epoch: str) -> bool:
    """Whether the newest wanted lamps are the shown ones. Nothing said is nothing confirmed.

    A station names every lamp that it has: a stack light that it does not name is not wired, and one
    without any lamp, as one with a scanner alone, has none that could differ.
    """
    if wanted is None or shown is None or (shown.epoch, shown.revision) != (epoch, wanted.revision):
        return False
    places = {place: is_ for place, is_ in by_place(wanted.lamps).items() if _is_there(place, shown)}
    return all(shown.lamps.get(place, "off") == pattern for place, pattern in places.items())


def _is_there(place: str, shown: ShownLamps) -> bool:
    return place in shown.lamps or (place.isdigit() and bool(shown.lamps))
