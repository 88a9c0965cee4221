"""How a station is, in words: what is well is quiet, what is not says so."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import UNSET

from kanban_hub.language import N_, _, ngettext
from kanban_hub.presence import Heard, Panel
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.numerals import numeral
from kanban_hub.web.releases.telling import told
from kanban_hub.web.signs import StationSign
from kanban_protocol.messages import StationHeartbeat

# Where a Raspberry Pi begins to slow itself down, and well before its outbox takes nothing more.
HOT_C = 80.0
ROOM_LEAST_BYTES = 100_000_000
_MEGA, _GIGA = 1_000_000, 1_000_000_000

_CLOCKS = {"sync": N_("right"), "held": N_("set, not kept right"), "unset": N_("never set")}
_PARTS = {"ok": N_("well"), "stuck": N_("stuck"), "lost": N_("not there")}
_RETREATS = {
    1: N_("runs without its scanners: its starts failed again and again"),
    2: N_("runs with its lit buttons alone: its starts failed again and again"),
    3: N_("runs without buttons, lamps and scanners: its starts failed again and again"),
}
_STUCK = {"off": N_("lamp of %(place)s does not light"), "on": N_("lamp of %(place)s does not go out")}
_SHAPES = {"online": "online", "silent": "silent", "unheard": "silent"}
_SIGNS = {"online": "calm", "silent": "bad", "unheard": "quiet"}


@dataclass(frozen=True)
class Fact:
    """One thing that a station says of itself. `is_data`: it is the same in every language."""

    name: str
    value: str
    is_bad: bool = False
    is_data: bool = False


@dataclass(frozen=True)
class PartHealth:
    """A button or a scanner, by the name that the station's file gives it."""

    name: str
    word: str
    is_bad: bool


@dataclass(frozen=True)
class PanelSign:
    """A software station. `key` tells it from the others; `place` is where the bearer of its link is."""

    key: str
    place: str
    is_online: bool
    heard_at: datetime
    heard: str
    kept: int
    clock: str
    version: str


def look(sign: StationSign) -> tuple[str, str]:
    """The shape and the class of how it stands."""
    return _SHAPES[sign.look], _SIGNS[sign.look]


def facts(heard: Heard, now_s: float) -> list[Fact]:
    """What the hardware says; nothing where there is none."""
    beat, status = heard.heartbeat, heard.status
    found = []
    if status is not None:
        found.append(Fact(_("Firmware"), status.firmware, is_data=True))
    if beat is None:
        return found
    if beat.release is not UNSET:
        found.append(Fact(_("Release"), str(beat.release), is_data=True))
    if beat.update is not UNSET:
        name = _("Release %(number)s") % {"number": beat.update.release}
        found.append(Fact(name, told(beat.update), beat.update.fault is not None))
    age_s = heard.age_s(now_s) or 0.0
    found += [
        Fact(_("Runs for"), words.duration((beat.uptime_s + age_s) / 60)),
        *_machine(beat),
        Fact(_("Pressed for nothing since its start"), str(beat.refused), is_data=True),
    ]
    return found


def inputs(heard: Heard) -> list[PartHealth]:
    """Buttons and scanners, those that are not well first."""
    told = heard.heartbeat.inputs if heard.heartbeat is not None else {}
    found = [PartHealth(name, _(_PARTS.get(word, word)), word != "ok") for name, word in told.items()]
    return sorted(found, key=lambda one: (not one.is_bad, one.name))


def panels(heard: Heard, places: dict[str, str], now_ms: int, now_s: float) -> list[PanelSign]:
    return [_panel(panel, places, now_ms, now_s) for panel in heard.panels]


def troubles(sign: StationSign, heard: Heard) -> list[str]:
    """What somebody has to look after."""
    beat, found = heard.heartbeat, []
    if beat is not None:
        found += [*retreat(beat), *stuck_lamps(beat)]
    if sign.is_differing:
        found.append(_("lamps are not as they should be"))
    if sign.kept:
        told = ngettext(
            "%(count)s signal kept for %(time)s", "%(count)s signals kept for %(time)s", sign.kept
        )
        found.append(told % {"count": sign.kept, "time": sign.kept_for})
    found += [
        _("%(part)s: %(word)s") % {"part": one.name, "word": one.word} for one in inputs(heard) if one.is_bad
    ]
    bad = [fact for fact in _machine(beat) if fact.is_bad] if beat is not None else []
    return found + [_("%(name)s: %(value)s") % {"name": fact.name, "value": fact.value} for fact in bad]


def retreat(beat: StationHeartbeat) -> list[str]:
    """What it leaves off so that it runs at all."""
    return [_(_RETREATS[beat.retreat])] if beat.retreat else []


def stuck_lamps(beat: StationHeartbeat) -> list[str]:
    """The lamps that do not follow, by the read-back of their pins: also while they should be as they are."""
    told = beat.stuck_lamps or {}
    return [_(_STUCK.get(is_.value, _STUCK["off"])) % {"place": words.place(at)} for at, is_ in told.items()]


def clock(beat: StationHeartbeat) -> str:
    return _(_CLOCKS[beat.clock.value])


def temperature(beat: StationHeartbeat | None) -> str:
    if beat is None or beat.temperature_c is None:
        return ""
    return f"{numeral(beat.temperature_c, 0)}\N{NO-BREAK SPACE}°C"


def room(beat: StationHeartbeat | None) -> str:
    """What is free on its disk."""
    if beat is None or beat.disk_free_bytes is None:
        return ""
    if beat.disk_free_bytes < _GIGA:
        return f"{beat.disk_free_bytes // _MEGA}\N{NO-BREAK SPACE}MB"
    return f"{numeral(beat.disk_free_bytes / _GIGA, 1)}\N{NO-BREAK SPACE}GB"


def _machine(beat: StationHeartbeat) -> list[Fact]:
    found = [Fact(_("Clock"), clock(beat), beat.clock == "unset")]
    if beat.temperature_c is not None:
        found.append(Fact(_("Temperature"), temperature(beat), beat.temperature_c >= HOT_C, is_data=True))
    if beat.disk_free_bytes is not None:
        is_little = beat.disk_free_bytes < ROOM_LEAST_BYTES
        found.append(Fact(_("Free on its disk"), room(beat), is_little, is_data=True))
    return found


def _panel(panel: Panel, places: dict[str, str], now_ms: int, now_s: float) -> PanelSign:
    age_s = now_s - panel.heard_s
    return PanelSign(
        key=panel.epoch[:6],
        place=places.get(panel.link or "", ""),
        is_online=panel.is_online(now_s),
        heard_at=instant(now_ms - int(age_s * 1000)),
        heard=words.age(age_s),
        kept=panel.heartbeat.outbox,
        clock=clock(panel.heartbeat),
        version=panel.version,
    )
