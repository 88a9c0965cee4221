"""A supplier's one lamp, as it would hang at its gate: pattern, word and colour."""

from dataclasses import dataclass

from kanban_hub.domain.andon import CallKind
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lamps import Pattern, wanted
from kanban_hub.language import N_, _

# The most urgent first.
_WORDS: dict[Pattern, str] = {
    Pattern.FAST: N_("The plant runs out: deliver"),
    Pattern.SLOW: N_("New: not seen by you yet"),
    Pattern.ON: N_("Asked for, and seen by you"),
    Pattern.OFF: N_("Nothing is asked for"),
}
_BAD = N_("A container of yours was found bad")


@dataclass(frozen=True)
class SupplierLamp:
    """`colour` is `amber`, `red` for a quality fail, or `green` when nothing is asked."""

    pattern: str
    colour: str
    word: str
    more: str


def lamp(floor: Floor, station: str, now_ms: int) -> SupplierLamp:
    lamps = wanted(floor, station, now_ms)
    pattern = next((one for one in _WORDS if one in lamps.slots.values()), Pattern.OFF)
    is_bad = any(call.kind is CallKind.QUALITY for call in floor.open_calls(station))
    colour = "amber" if pattern is not Pattern.OFF else "green"
    shown = Pattern.ON if pattern is Pattern.OFF else pattern
    return SupplierLamp(
        shown.value, "red" if is_bad else colour, _(_WORDS[pattern]), _(_BAD) if is_bad else ""
    )
