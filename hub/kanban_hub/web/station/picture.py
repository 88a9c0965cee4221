"""All stations as rows, and one with everything that is known of it; plain values."""

from dataclasses import dataclass
from datetime import datetime

from kanban_hub import displaytext
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.lamps import Lamps
from kanban_hub.domain.plant import Side, Station
from kanban_hub.identity.record import Certificate
from kanban_hub.lamptruth import by_place
from kanban_hub.language import N_, _
from kanban_hub.ports import SetAside, StationLink
from kanban_hub.presence import Heard
from kanban_hub.web import words
from kanban_hub.web.instant import instant
from kanban_hub.web.parts import WebParts
from kanban_hub.web.signs import OWN, StationSign, signs
from kanban_hub.web.station import health, identity
from kanban_hub.web.station.identity import IdentitySign

PAYLOAD_SHOWN = 200
ASIDE_SHOWN = 10
_SIDES = {Side.SUPPLIER: N_("makes it"), Side.CONSUMER: N_("needs it")}


@dataclass(frozen=True)
class StationRow:
    """`look` and `sign` name the shape and the class of `word`. Empty is what was never heard."""

    id: str
    name: str
    is_external: bool
    look: str
    sign: str
    word: str
    heard_at: datetime | None
    heard: str
    troubles: tuple[str, ...]
    firmware: str
    clock: str
    temperature: str
    room: str
    panels: int


@dataclass(frozen=True)
class SlotLine:
    slot: int
    loop: str
    item: str
    side: str


@dataclass(frozen=True)
class LampLine:
    """One lamp: what it should show, and what it shows; `is_differing` when both are known and differ."""

    place: str
    wanted: str
    shown: str
    is_differing: bool


@dataclass(frozen=True)
class AsideLine:
    """A message that could not be taken; `begins` is how it begins."""

    at: datetime
    reason: str
    detail: str
    begins: str


@dataclass(frozen=True)
class LinkLine:
    """A station's link. `heard_at` is when a panel that came by it was last heard, since the hub's start."""

    id: str
    place: str
    expires: datetime
    is_good: bool
    heard_at: datetime | None


@dataclass(frozen=True)
class OneStation:
    row: StationRow
    facts: list[health.Fact]
    inputs: list[health.PartHealth]
    panels: list[health.PanelSign]
    slots: list[SlotLine]
    lamps: list[LampLine]
    lines: tuple[str, ...]
    revision: int | None
    aside: list[AsideLine]
    counts: list[tuple[str, int]]
    links: list[LinkLine]
    has_hardware: bool
    identity: IdentitySign | None


def rows(parts: WebParts) -> list[StationRow]:
    """All stations of the plant, in its order."""
    with parts.floor() as (floor, _revision):
        stations = list(floor.plant.stations.values())
    with parts.store.view() as view:
        found = signs(parts, view, stations)
    newest = parts.office.newest() if parts.office is not None else {}
    return [_row(parts, sign, parts.presence.of(sign.id), newest.get(sign.id)) for sign in found]


def one(parts: WebParts, floor: Floor, station: Station, host: str) -> OneStation:
    """Everything that is known of `station`. `floor` is held by the caller.

    `host` is the Host header by which the reader has reached the hub.
    """
    heard, now_ms, now_s = parts.presence.of(station.id), parts.clock.now_ms(), parts.presence.now_s()
    with parts.store.view() as view:
        (sign,) = signs(parts, view, [station])
        wanted = view.lamps().get(station.id)
        links = [link for link in view.station_links() if link.station == station.id]
        aside = [_aside(message) for _number, message in view.set_aside_of(station.id, ASIDE_SHOWN)]
    return OneStation(
        row=_row(parts, sign, heard, _newest(parts, station.id)),
        facts=health.facts(heard, now_s),
        inputs=health.inputs(heard),
        panels=health.panels(heard, {link.id: link.place for link in links}, now_ms, now_s),
        slots=_slots(floor, station.id),
        lamps=_lamps(wanted.lamps if wanted is not None else None, heard),
        lines=tuple(displaytext.texts(wanted.lamps).values()) if wanted is not None else (),
        revision=wanted.revision if wanted is not None else None,
        aside=aside,
        counts=sorted(heard.counts.items()),
        links=[_link(link, heard, now_ms, now_s) for link in reversed(links)],
        has_hardware=heard.has_box or heard.status is not None,
        identity=identity.identity(parts.office, station.id, host, now_ms) if parts.office else None,
    )


def _newest(parts: WebParts, station: str) -> Certificate | None:
    return parts.office.papers(station).newest if parts.office is not None else None


def _row(parts: WebParts, sign: StationSign, heard: Heard, newest: Certificate | None) -> StationRow:
    look, shown_as = health.look(sign)
    now_s, beat = parts.presence.now_s(), heard.heartbeat
    age_s = heard.age_s(now_s)
    return StationRow(
        id=sign.id,
        name=sign.name,
        is_external=sign.is_external,
        look=look,
        sign=shown_as,
        word=sign.word,
        heard_at=None if age_s is None else instant(parts.clock.now_ms() - int(age_s * 1000)),
        heard="" if age_s is None else words.age(age_s),
        troubles=(*health.troubles(sign, heard), *identity.troubles(newest, parts.clock.now_ms())),
        firmware=heard.status.firmware if heard.status is not None else "",
        clock=health.clock(beat) if beat is not None else "",
        temperature=health.temperature(beat),
        room=health.room(beat),
        panels=sum(panel.is_online(now_s) for panel in heard.panels),
    )


def _slots(floor: Floor, station: str) -> list[SlotLine]:
    found = []
    for slot, loop in sorted(floor.plant.slots_at(station).items()):
        side = loop.side_of(station)
        if side is not None:
            found.append(SlotLine(slot, loop.id, floor.plant.item_name(loop), _(_SIDES[side])))
    return found


def _lamps(lamps: Lamps | None, heard: Heard) -> list[LampLine]:
    wanted = by_place(lamps) if lamps is not None else {}
    shown = {place: is_.value for place, is_ in heard.lamps.lamps.items()} if heard.lamps else {}
    places = sorted(wanted.keys() | shown.keys(), key=lambda place: (not place.isdigit(), place))
    return [_lamp(place, wanted.get(place, "off"), shown.get(place)) for place in places]


def _lamp(place: str, wanted: str, shown: str | None) -> LampLine:
    shows = "" if shown is None else words.pattern(shown)
    if place in OWN:
        return LampLine(words.place(place), _("what it knows itself"), shows, is_differing=False)
    return LampLine(
        words.place(place), words.pattern(wanted), shows, is_differing=shown not in (None, wanted)
    )


def _aside(message: SetAside) -> AsideLine:
    begins = message.payload[:PAYLOAD_SHOWN].decode("utf-8", "replace")
    return AsideLine(instant(message.received_ms), message.reason, message.detail, begins)


def _link(link: StationLink, heard: Heard, now_ms: int, now_s: float) -> LinkLine:
    ages_s = [now_s - panel.heard_s for panel in heard.panels if panel.link == link.id]
    heard_at = instant(now_ms - int(min(ages_s) * 1000)) if ages_s else None
    return LinkLine(link.id, link.place, instant(link.expires_ms), link.is_good(now_ms), heard_at)
