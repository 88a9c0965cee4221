"""What each lamp shows: the hub's wish, under what the station itself knows better. Pure.

`LAYERS` is the whole rule, lowest first: each layer that holds repaints the lamps that it names. green
never lights on anything but the hub's fresh word, and a dark slot never means that nothing is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kanban_device.hubwatch import HubHearing
from kanban_device.outbox import StoreHealth
from kanban_hardware.pattern import Pattern
from kanban_hardware.wiring import COLOURS
from kanban_protocol.messages import LampState

HUBS = ("red", "amber", "green")
"""What the hub says. Blue and white are the station's own word, so they need no hub."""


class Layer(StrEnum):
    """Why a lamp may differ from the hub's wish."""

    STARTING = "starting"
    HUB_LOST = "hub_lost"
    ARMED = "armed"
    STORE_FULL = "store_full"
    STUCK = "stuck"
    FAULT = "fault"
    IDENTIFY = "identify"
    SELF_TEST = "self_test"


@dataclass(frozen=True)
class Paint:
    """The patterns of a layer; None leaves what lies below."""

    slots: Pattern | None = None
    red: Pattern | None = None
    amber: Pattern | None = None
    green: Pattern | None = None
    blue: Pattern | None = None
    white: Pattern | None = None


_ALL_SLOW = Paint(*[Pattern.SLOW] * 6)
_ALL_OFF = Paint(*[Pattern.OFF] * 6)

LAYERS: dict[Layer, Paint] = {
    Layer.STARTING: Paint(Pattern.DOUBLE, Pattern.DOUBLE, Pattern.DOUBLE, Pattern.OFF),
    Layer.HUB_LOST: Paint(Pattern.DOUBLE, Pattern.DOUBLE, Pattern.DOUBLE, Pattern.OFF),
    Layer.ARMED: Paint(slots=Pattern.FAST, red=Pattern.FAST, green=Pattern.OFF),
    Layer.STORE_FULL: Paint(red=Pattern.FAST, green=Pattern.OFF),
    Layer.STUCK: Paint(slots=Pattern.DOUBLE),
    Layer.FAULT: Paint(Pattern.DOUBLE, Pattern.FAST, Pattern.DOUBLE, Pattern.OFF),
    Layer.IDENTIFY: _ALL_SLOW,
    Layer.SELF_TEST: _ALL_OFF,
}


@dataclass(frozen=True)
class Facts:
    """What the station knows.

    `armed` are the slots that a quality fail may name now, None when it is not armed; `tested` is the lamp
    that a self-test lights now. `waiting` is how many signals lie here for the hub's receipt,
    `is_expecting` whether the next press or scan is waited for, to complete what was begun.
    """

    wanted: LampState | None
    hub: HubHearing
    store: StoreHealth = StoreHealth.OK
    armed: frozenset[str] | None = None
    stuck: frozenset[str] = frozenset()
    identifying: bool = False
    tested: str | None = None
    waiting: int = 0
    is_expecting: bool = False


def resolve(parts: Iterable[str], facts: Facts) -> dict[str, Pattern]:
    """The pattern of each lamp: "slot-1" …, "red", "amber", "green", "blue", "white"."""
    layers = _layers(facts)
    return {part: _pattern(part, facts, layers) for part in parts}


def _layers(facts: Facts) -> list[Layer]:
    """The layers that hold, highest first."""
    holds = {
        Layer.STARTING: facts.wanted is None or facts.hub is HubHearing.STARTING,
        Layer.HUB_LOST: facts.hub is HubHearing.LOST,
        Layer.ARMED: facts.armed is not None,
        Layer.STORE_FULL: facts.store is StoreHealth.FULL,
        Layer.STUCK: bool(facts.stuck),
        Layer.FAULT: facts.store is StoreHealth.BROKEN,
        Layer.IDENTIFY: facts.identifying,
        Layer.SELF_TEST: facts.tested is not None,
    }
    return [layer for layer in reversed(LAYERS) if holds[layer]]


def _pattern(part: str, facts: Facts, layers: list[Layer]) -> Pattern:
    if part == facts.tested:
        return Pattern.ON
    for layer in layers:
        if (pattern := _paint(part, facts, layer)) is not None:
            return pattern
    if part == "blue":
        return Pattern.ON if facts.waiting else Pattern.OFF
    if part == "white":
        return Pattern.SLOW if facts.is_expecting else Pattern.OFF
    return _wish(part, facts.wanted)


def _paint(part: str, facts: Facts, layer: Layer) -> Pattern | None:
    paint = LAYERS[layer]
    if part in COLOURS:
        colour: Pattern | None = getattr(paint, part)
        return colour
    named = {Layer.ARMED: facts.armed, Layer.STUCK: facts.stuck}.get(layer)
    return paint.slots if named is None or part in named else None


def _wish(part: str, wanted: LampState | None) -> Pattern:
    assert wanted is not None  # Layer.STARTING covers every lamp until there is a wish
    if part in HUBS:
        return Pattern(getattr(wanted.stack, part).value)
    wish = wanted.slots.get(part.removeprefix("slot-"))
    return Pattern.OFF if wish is None else Pattern(wish.value)
