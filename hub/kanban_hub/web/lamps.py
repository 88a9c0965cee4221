"""Whether a station shows what it should."""

from kanban_hub.domain.lamps import Lamps
from kanban_hub.ports import WantedLamps
from kanban_protocol.messages import ShownLamps


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
