"""Everything that a station may signal and people may order, as tables: a new kind is one row here.

Each row draws one at random. What must exist already to be named is drawn from `Known`, beside a name that
nobody knows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from kanban_hub import orders
from kanban_hub.domain.binding import Target
from kanban_hub.domain.card import Contents
from kanban_hub.domain.entering import SheetLine
from kanban_hub.domain.levelling import Resequence
from kanban_hub.domain.moves import STEPS
from kanban_hub.domain.onetime import Occasional
from kanban_hub.domain.records.finding import Defect
from kanban_hub.domain.records.sheet import Entry
from kanban_hub.domain.scanning import Intent
from kanban_hub.execution import CALL_ORDERS, CARD_ORDERS, LOOP_ORDERS
from kanban_protocol import signals
from tests.hub.domain.shopfloor import CONSUMER, OTHER, SUPPLIER, kanban_loop, plant_of
from tests.hub.domain.test_machine import KINDS, PLANT

STATIONS = (CONSUMER, SUPPLIER, OTHER)
# No clock of a machine stands there: what other programs write at their own time is before it.
START_S = 4_000_000_000
MINUTE_MS = 60_000
LEVELLED = PLANT | {
    "stations": PLANT["stations"] | {SUPPLIER: PLANT["stations"][SUPPLIER] | {"pitch_s": 600}}
}


@dataclass
class Known:
    """What may be named: the loops at which something happens, and what was made so far."""

    loops: list[str]
    signals: list[str] = field(default_factory=lambda: ["00000000-0000-0000-0000-00000000ffff"])
    calls: list[str] = field(default_factory=lambda: ["call-unknown"])
    audits: list[str] = field(default_factory=lambda: ["audit-unknown"])

    @property
    def loop(self) -> st.SearchStrategy[str]:
        return st.sampled_from([*self.loops, *self.loops, "unknown"])

    @property
    def code(self) -> st.SearchStrategy[str]:
        return st.builds("{}-{:04d}".format, st.sampled_from(self.loops), st.integers(1, 6))

    @property
    def call(self) -> st.SearchStrategy[str]:
        return st.sampled_from(self.calls[-4:])


Draw = Callable[[st.SearchStrategy[Any]], Any]
PIECES = st.none() | st.integers(0, 40)
LOT = st.sampled_from([None, "A", "B"])
CONTENTS = st.builds(Contents, PIECES, LOT)
WHEN_MS = st.integers(-60, 600).map(lambda minutes: START_S * 1000 + minutes * MINUTE_MS)
TEXT = st.sampled_from([None, "nozzle worn"])

SIGNALS: dict[type[Any], Callable[[Draw, Known], signals.Body]] = {
    signals.Pull: lambda draw, known: signals.PullBody(draw(known.loop)),
    signals.Advance: lambda draw, known: signals.AdvanceBody(draw(known.loop)),
    signals.Scan: lambda draw, known: signals.ScanBody(
        draw(known.code | st.just("no card")), draw(st.sampled_from(list(signals.Intent)))
    ),
    signals.Fail: lambda draw, known: draw(
        st.builds(signals.FailBody, loop=known.loop, lot=LOT)
        | st.builds(signals.FailBody, code=known.code, lot=LOT)
    ),
    signals.Cannot: lambda draw, known: signals.CannotBody(draw(known.loop), draw(TEXT)),
    signals.Help: lambda draw, _: signals.HelpBody(draw(TEXT)),
    signals.Undo: lambda draw, known: signals.UndoBody(draw(st.sampled_from(known.signals[-6:]))),
}

ORDERS: dict[type[Any], Callable[[Draw, Known], orders.Order]] = {
    orders.MoveCard: lambda draw, known: orders.MoveCard(
        draw(known.code), draw(st.sampled_from([*CARD_ORDERS])), draw(TEXT)
    ),
    orders.MoveLoop: lambda draw, known: orders.MoveLoop(
        draw(known.loop), draw(st.sampled_from(LOOP_ORDERS)), draw(TEXT)
    ),
    orders.MoveCall: lambda draw, known: orders.MoveCall(
        draw(known.call), draw(st.sampled_from([*CALL_ORDERS])), draw(TEXT)
    ),
    orders.NoteDefect: lambda draw, known: orders.NoteDefect(
        draw(known.call), Defect("scratched", draw(LOT), draw(PIECES))
    ),
    orders.CountCard: lambda draw, known: orders.CountCard(draw(known.code), draw(CONTENTS)),
    orders.Supply: lambda draw, known: orders.Supply(
        draw(known.code), draw(st.sampled_from([*STEPS])), draw(st.none() | CONTENTS)
    ),
    orders.See: lambda draw, known: orders.See(draw(known.loop)),
    orders.Cannot: lambda draw, known: orders.Cannot(
        draw(known.loop), draw(TEXT), f"call-order-{len(known.calls)}"
    ),
    orders.Scan: lambda draw, known: orders.Scan(
        draw(st.sampled_from(STATIONS)),
        draw(known.code),
        draw(WHEN_MS),
        draw(st.sampled_from([*Intent])),
        Defect("scratched", draw(LOT), draw(PIECES)),
        str(draw(st.uuids())),
    ),
    orders.TakeBack: lambda draw, known: orders.TakeBack(
        draw(st.sampled_from(STATIONS)), draw(st.sampled_from(known.signals[-6:])), str(draw(st.uuids()))
    ),
    orders.MakePromise: lambda draw, known: orders.MakePromise(draw(known.loop), draw(WHEN_MS), draw(TEXT)),
    orders.AddCards: lambda draw, known: orders.AddCards(
        draw(known.loop),
        draw(
            st.builds(
                Occasional,
                st.just("fair"),
                pieces=st.integers(0, 60),
                cycles=st.integers(0, 3),
                until_ms=st.none() | WHEN_MS,
            )
        ),
    ),
    orders.PlaceDemand: lambda draw, known: orders.PlaceDemand(
        draw(known.loop), str(draw(st.integers(1, 6))), draw(st.integers(0, 90))
    ),
    orders.BeginAudit: lambda draw, known: orders.BeginAudit(draw(st.none() | known.loop)),
    orders.SightCard: lambda draw, known: orders.SightCard(
        draw(st.sampled_from(known.audits)), draw(known.code)
    ),
    orders.EndAudit: lambda draw, known: orders.EndAudit(draw(st.sampled_from(known.audits))),
    orders.BindLabel: lambda draw, known: orders.BindLabel(
        draw(st.sampled_from(["1P4711", "0400763000"])),
        draw(st.builds(Target, card=known.code) | st.builds(Target, loop=known.loop)),
    ),
    orders.UnbindLabel: lambda draw, _: orders.UnbindLabel(draw(st.sampled_from(["1P4711", "0400763000"]))),
    orders.StartTrial: lambda draw, known: orders.StartTrial(
        draw(known.loop), draw(st.integers(1, 6)), draw(WHEN_MS), "less stock"
    ),
    orders.KeepTrial: lambda draw, known: orders.KeepTrial(draw(known.loop)),
    orders.EndTrial: lambda draw, known: orders.EndTrial(draw(known.loop)),
    orders.ChangePlant: lambda draw, _: orders.ChangePlant(
        plant({draw(st.sampled_from(["plain", "batch", "panel", "made"])): draw(st.integers(3, 6))})
    ),
    orders.EnterLine: lambda draw, known: orders.EnterLine(
        SheetLine(
            draw(st.sampled_from(["P-1", "P-2"])),
            draw(st.integers(1, 12)),
            draw(st.sampled_from([*Entry])),
            draw(known.code),
            draw(st.none() | WHEN_MS),
            draw(st.none() | CONTENTS),
        ),
        str(draw(st.uuids())),
    ),
    Resequence: lambda draw, known: Resequence(
        SUPPLIER, draw(known.code), draw(known.code), draw(TEXT) or ""
    ),
}


def plant(cards: dict[str, int]) -> Any:
    """The plant of all kinds of loops, with other numbers of cards where `cards` says so."""
    numbers = {"cards": 4}
    changed = {name: {**numbers, **changes} for name, changes in KINDS.items()}
    for name, number in cards.items():
        changed[name]["cards"] = number
    return plant_of(*(kanban_loop(name, **changes) for name, changes in changed.items()), **LEVELLED)
