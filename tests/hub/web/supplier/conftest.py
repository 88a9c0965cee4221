"""A plant with two external suppliers, and the visitor that one of them is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_hub.domain.calendar import Calendar
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, LoopKind, Plant, Station
from tests.hub.web.site import HOSTILE, Site
from tests.hub.web.supplier.visitor import Visitor

PLANT = Plant(
    "plant",
    [
        Station("assembly", "Final assembly"),
        Station("paint", "Paint shop"),
        Station("castings", "Castings Inc.", external=True),
        Station("rivets", HOSTILE, external=True),
    ],
    [
        Item("bracket", "Bracket"), Item("casting", "Casting, raw"), Item("rivet", HOSTILE),
        Item("nut", "Nut"), Item("lid", "Lid"),
    ],
    [
        KanbanLoop("bracket", "bracket", "paint", "assembly", 20, 2, (Move.ACCEPT, Move.SHIP)),
        KanbanLoop(
            "casting", "casting", "castings", "paint", 50, 3, rate_per_hour=25.0, lead_time_s=3600,
            supplier_item="C-77/L",
        ),
        KanbanLoop("rivet", "rivet", "rivets", "assembly", 200, 2, supplier_item="RV-4"),
        KanbanLoop(
            "nut", "nut", "castings", "assembly", 100, 1, kind=LoopKind.SIGNAL, lot_containers=4,
            reorder_containers=1,
        ),
        KanbanLoop("lid", "lid", "castings", "assembly", 10, 4, batch=3),
    ],
    calendar=Calendar("Europe/Berlin"),
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.load(PLANT)
    yield made
    made.store.close()


@pytest.fixture
def castings(site: Site) -> Visitor:
    return Visitor(site, "castings")


@pytest.fixture
def rivets(site: Site) -> Visitor:
    return Visitor(site, "rivets")
