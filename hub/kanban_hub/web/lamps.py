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
    """Whether the newest wanted lamps are the shown ones. Nothing said is nothing confirmed."""
    if wanted is None or shown is None or (shown.epoch, shown.revision) != (epoch, wanted.revision):
        return False
    places = by_place(wanted.lamps)
    return all(shown.lamps.get(place, "off") == pattern for place, pattern in places.items())
