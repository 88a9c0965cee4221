"""What the page of releases shows: releases, who runs which, and the updates with their stations."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.floor import Floor
from kanban_hub.language import _
from kanban_hub.releases.rollout import Rollout, RolloutState, Turn, TurnState
from kanban_hub.releases.waves import Seen, is_held_up
from kanban_hub.web.instant import instant
from kanban_hub.web.releases import telling
from kanban_protocol.release import Manifest

_MEGA = 1_000_000
_SOON_MS = 30 * 86_400_000


@dataclass(frozen=True)
class ReleaseRow:
    number: int
    version: str
    made: datetime
    expires: datetime
    is_expiring: bool
    size_mb: float
    stations: int


@dataclass(frozen=True)
class StationRow:
    """A station that may be chosen. `trouble` says what became of its last order, if that is not well."""

    id: str
    name: str
    release: int | None
    is_online: bool
    outbox: int
    trouble: str


@dataclass(frozen=True)
class TurnRow:
    id: str
    name: str
    wave: int
    word: str
    sign: str
    why: str


@dataclass(frozen=True)
class RolloutRow:
    number: int
    release: int
    word: str
    sign: str
    made: datetime
    ended: datetime | None
    is_running: bool
    is_forced: bool
    done: int
    turns: list[TurnRow]


def releases(known: list[Manifest], seen: Mapping[str, Seen], now_ms: int) -> list[ReleaseRow]:
    running = Counter(one.release for one in seen.values())
    return [_release(one, running[one.number], now_ms) for one in known]


def stations(floor: Floor, seen: Mapping[str, Seen]) -> list[StationRow]:
    """Those in the plant that have hardware, by name."""
    known = floor.plant.stations
    found = [_station(id_, known[id_].name, one) for id_, one in seen.items() if id_ in known]
    return sorted(found, key=lambda row: row.name)


def rollout(one: Rollout, floor: Floor, seen: Mapping[str, Seen]) -> RolloutRow:
    word, sign = telling.ROLLOUTS[one.state]
    return RolloutRow(
        number=one.number,
        release=one.release,
        word=_(word),
        sign=sign,
        made=instant(one.made_ms),
        ended=instant(one.ended_ms) if one.ended_ms is not None else None,
        is_running=one.state is RolloutState.RUNNING,
        is_forced=one.force,
        done=sum(turn.state is TurnState.DONE for turn in one.turns),
        turns=[_turn(turn, one, floor, seen.get(turn.station)) for turn in one.turns],
    )


def _release(one: Manifest, stations: int, now_ms: int) -> ReleaseRow:
    return ReleaseRow(
        number=one.number,
        version=one.version,
        made=one.made_at,
        expires=one.expires_at,
        is_expiring=one.expires_at < instant(now_ms + _SOON_MS),
        size_mb=sum(file.size_bytes for file in one.files) / _MEGA,
        stations=stations,
    )


def _station(id_: str, name: str, seen: Seen) -> StationRow:
    report = seen.report
    trouble = telling.told(report) if report is not None and report.fault is not None else ""
    return StationRow(id_, name, seen.release, seen.is_online, seen.outbox, trouble)


def _turn(turn: Turn, of: Rollout, floor: Floor, seen: Seen | None) -> TurnRow:
    word, sign = telling.TURNS[turn.state]
    known = floor.plant.stations.get(turn.station)
    name = known.name if known is not None else turn.station
    return TurnRow(turn.station, name, turn.wave, _(word), sign, _why(turn, of, seen))


def _why(turn: Turn, of: Rollout, seen: Seen | None) -> str:
    if turn.fault is not None:
        return telling.fault(turn.fault)
    if of.state is RolloutState.RUNNING and (held_up := is_held_up(turn, seen, of)) is not None:
        return _(telling.HELD_UP[held_up])
    is_told = turn.state is TurnState.UNDER_WAY and seen is not None and seen.report is not None
    return telling.told(seen.report) if is_told and seen is not None and seen.report is not None else ""
