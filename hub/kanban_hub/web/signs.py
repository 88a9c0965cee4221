"""How a station stands on the board: heard or silent, what it keeps, what its lamps show."""

from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.domain.plant import Station
from kanban_hub.lamptruth import Moment, differs
from kanban_hub.language import N_, _
from kanban_hub.ports import View
from kanban_hub.presence import Heard
from kanban_hub.web import words
from kanban_hub.web.parts import WebParts
from kanban_protocol.messages import LampPattern

# Within it a station that beats every 10 s was heard just now.
JUST_NOW_S = 15.0
_WORDS = {"online": N_("online"), "silent": N_("silent"), "unheard": N_("not heard yet")}
OWN = ("blue", "white")
"""What a station says of itself, where it has these lamps; the hub wants nothing of them."""
STACK = ("red", "amber", "green", *OWN)
# A heartbeat that catches a signal on its way says nothing; one that has not gone for so long does.
KEPT_S = 5.0


@dataclass(frozen=True)
class LampSign:
    """`place` is a colour of the stack light or a slot number."""

    place: str
    pattern: str

    @property
    def name(self) -> str:
        return words.place(self.place)

    @property
    def word(self) -> str:
        return words.pattern(self.pattern)


@dataclass(frozen=True)
class StationSign:
    """`look` is `online`, `silent` or `unheard`; `word` says it."""

    id: str
    name: str
    is_external: bool
    look: str
    word: str
    heard: str
    kept: int
    kept_for: str
    stack: tuple[LampSign, ...]
    slots: tuple[LampSign, ...]
    is_differing: bool
    clock: str | None

    @property
    def is_silent(self) -> bool:
        return self.look == "silent"


def signs(parts: WebParts, view: View, stations: list[Station]) -> tuple[StationSign, ...]:
    """The signs of `stations` now."""
    epoch, wanted, now_ms = view.epoch(), view.lamps(), parts.clock.now_ms()
    now_s = parts.presence.now_s()
    found = []
    for station in stations:
        heard, lamps = parts.presence.of(station.id), wanted.get(station.id)
        found.append(_sign(station, heard, now_s, differs(lamps, heard, epoch, Moment(now_ms, now_s))))
    return tuple(found)


def _sign(station: Station, heard: Heard, now_s: float, is_differing: bool) -> StationSign:
    age_s, beat, look = heard.age_s(now_s), heard.heartbeat, _look(heard, now_s)
    kept, oldest_s = heard.kept
    shown = heard.lamps.lamps if heard.lamps else {}
    return StationSign(
        station.id,
        station.name,
        station.external,
        look,
        _(_WORDS[look]),
        _heard(age_s),
        kept if oldest_s >= KEPT_S else 0,
        words.age(oldest_s),
        tuple(LampSign(colour, shown[colour].value) for colour in STACK if _is_told(colour, shown)),
        tuple(LampSign(place, shown[place].value) for place in sorted(shown) if place not in STACK),
        is_differing,
        beat.clock.value if beat and beat.clock == "unset" else None,
    )


def _is_told(colour: str, shown: Mapping[str, LampPattern]) -> bool:
    """A dark lamp of the station's own says nothing to anybody who does not stand there."""
    return colour in shown and (colour not in OWN or shown[colour] is not LampPattern.OFF)


def _look(heard: Heard, now_s: float) -> str:
    if heard.is_online(now_s):
        return "online"
    return "silent" if heard.has_spoken else "unheard"


def _heard(age_s: float | None) -> str:
    """The age of its last word."""
    if age_s is None:
        return ""
    if age_s < JUST_NOW_S:
        return _("heard just now")
    return _("heard %(time)s ago") % {"time": words.age(age_s)}
