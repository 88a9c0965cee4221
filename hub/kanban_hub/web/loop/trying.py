"""The recorded pulls run again with another number of cards, beside how it was: chart and words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kanban_hub.domain.sizing.replay import Replay, Size, replay
from kanban_hub.language import _, ngettext
from kanban_hub.web import words
from kanban_hub.web.api.past import Past
from kanban_hub.web.chart.picture import Chart
from kanban_hub.web.chart.stairs import Spell, Stair, staircase
from kanban_hub.web.instant import instant, instant_or_none

STOCK_OUTS_SHOWN = 20


@dataclass(frozen=True)
class Out:
    """A time without a full container, in the run that is tried."""

    began: datetime
    ended: datetime | None
    lasted: str
    unmet: int


@dataclass(frozen=True)
class Tried:
    chart: Chart
    recorded: str
    tried: str
    outs: tuple[Out, ...]
    out_count: int


def tried(seen: Past, cards: int, quantity: int) -> Tried:
    """Raises `SizingError` where the loop cannot have so many."""
    own = replay(seen.course, seen.loop, Size(seen.course.cards, seen.loop.container_quantity), seen.now_ms)
    other = replay(seen.course, seen.loop, Size(cards, quantity), seen.now_ms)
    text = _with(cards)
    chart = staircase(
        ("replay", _("Full containers, as they were and as they would have been")),
        _("Marked is when no full container would have stood there %(with)s.") % {"with": text},
        [
            Stair("control", _("as it was, with %(count)s") % {"count": own.cards}, _levels(own)),
            Stair("tried", text, _levels(other)),
        ],
        list(_spells(other)),
    )
    outs = tuple(_out(one.from_ms, one.to_ms, one.unmet, other.to_ms) for one in reversed(other.stock_outs))
    return Tried(chart, _told(own), _told(other), outs[:STOCK_OUTS_SHOWN], len(outs))


def _levels(run: Replay) -> list[tuple[int, int]]:
    return [*run.levels, (max(run.to_ms, run.levels[-1][0]), run.levels[-1][1])]


def _spells(run: Replay) -> Iterator[Spell]:
    for one in run.stock_outs:
        ended_ms = run.to_ms if one.to_ms is None else one.to_ms
        lasted = words.measured((ended_ms - one.from_ms) / 1000)
        yield Spell(one.from_ms, ended_ms, _("no full container for %(time)s") % {"time": lasted})


def _out(from_ms: int, to_ms: int | None, unmet: int, end_ms: int) -> Out:
    lasted = words.measured(((end_ms if to_ms is None else to_ms) - from_ms) / 1000)
    return Out(instant(from_ms), instant_or_none(to_ms), lasted, unmet)


def _told(run: Replay) -> str:
    values = {"with": _with(run.cards), "pulls": run.pulls, "lowest": run.lowest, "unmet": run.unmet}
    if not run.stock_outs:
        text = _("%(with)s: never without a full container in %(pulls)s pulls, lowest %(lowest)s")
        return text % values
    text = _(
        "%(with)s: without a full container %(times)s ×, %(time)s together; "
        "%(unmet)s of %(pulls)s pulls found nothing"
    )
    return text % {**values, "times": len(run.stock_outs), "time": words.measured(run.out_ms / 1000)}


def _with(cards: int) -> str:
    return ngettext("with %(count)s card", "with %(count)s cards", cards) % {"count": cards}
