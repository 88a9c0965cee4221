"""What the board costs: drawing it, and two hundred screens that follow it; how soon they show a change."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles

from flask import Flask

from kanban_hub import plantfile
from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import State
from kanban_hub.domain.plant import Plant
from kanban_hub.web import preferences
from kanban_hub.web.board.picture import Painter
from kanban_hub.web.board.query import Query
from kanban_hub.web.board.tiles import Tiles
from kanban_simulator.boardplant import board_plant
from kanban_simulator.broker import Broker
from kanban_simulator.hub import Hub
from kanban_simulator.screens import Screens

NOW_MS = 1_795_446_074_123
_STATES = (State.FULL, State.FULL, State.REQUESTED, State.ACCEPTED, State.IN_PROCESS, State.IN_TRANSIT)
_DRAWINGS = 40


@dataclass(frozen=True)
class BoardSettings:
    """`rate` is changes per second, for `seconds`, told to `screens`."""

    folder: Path
    loops: int
    cards: int
    screens: int
    rate: float
    seconds: int
    seed: int


@dataclass(frozen=True)
class BoardCost:
    """Milliseconds, and shares of one core. `first_ms`: all anew; `change_ms`: after one card has moved."""

    first_ms: float
    change_ms: float
    reach_ms: float
    reach_95_ms: float
    quiet_share: float
    screens_share: float

    def __str__(self) -> str:
        rows = (
            ("drawn anew", f"{self.first_ms:.1f} ms"),
            ("drawn after a change", f"{self.change_ms:.1f} ms"),
            ("change sent until a screen has it", f"{self.reach_ms:.0f} ms, 95 % {self.reach_95_ms:.0f} ms"),
            ("hub with changes, no screen", f"{self.quiet_share:.0%} of a core"),
            ("hub with changes and screens", f"{self.screens_share:.0%} of a core"),
        )
        return "\n".join(f"{name:<36}{figure}" for name, figure in rows)


def measure(settings: BoardSettings) -> BoardCost:
    """Draw boards, then start a hub and let screens look at it. Raises ProcessError."""
    plant = board_plant(settings.loops, settings.cards)
    first_ms, change_ms = drawing_ms(plant, Random(settings.seed))  # noqa: S311 nothing secret hangs on it
    with _hub(settings, plant) as hub:
        quiet = _watched(hub, settings, screens=0)
        watched = _watched(hub, settings, settings.screens)
    reach_ms = watched.reach_ms or [0.0]
    ninety_fifth = quantiles(reach_ms, n=20)[-1] if len(reach_ms) > 1 else reach_ms[0]
    return BoardCost(first_ms, change_ms, median(reach_ms), ninety_fifth, quiet.share, watched.share)


def drawing_ms(plant: Plant, chance: Random) -> tuple[float, float]:
    """The medians of painting and drawing a board: all of it, and after one card has moved."""
    app = Flask("kanban_hub.web", static_folder="static", template_folder="templates")
    preferences.install(app)
    cards = [
        Card(loop.card_id(number), loop.id, chance.choice(_STATES), NOW_MS - chance.randrange(3_600_000))
        for loop in plant.loops.values()
        for number in range(1, loop.cards + 1)
    ]
    kept = Tiles()
    with app.test_request_context("/"):
        first = [_draw(Tiles(), plant, cards) for _ in range(_DRAWINGS)]
        after = []
        for _ in range(_DRAWINGS):
            place = chance.randrange(len(cards))
            card = cards[place]
            cards[place] = Card(card.id, card.loop, chance.choice(_STATES), card.since_ms)
            after.append(_draw(kept, plant, cards))
    return median(first), median(after)


def _draw(tiles: Tiles, plant: Plant, cards: list[Card]) -> float:
    """The milliseconds of one drawing, without those of making the floor."""
    floor = Floor(plant, cards)
    began_s = time.perf_counter()
    tiles.board(Painter(floor, Query(), NOW_MS).picture([]))
    return (time.perf_counter() - began_s) * 1000


@contextmanager
def _hub(settings: BoardSettings, plant: Plant) -> Iterator[Hub]:
    path = settings.folder / "boards.toml"
    path.write_text(plantfile.export(plant), encoding="utf-8")
    with ExitStack() as begun:
        broker = Broker(settings.folder)
        begun.callback(broker.close)
        hub = Hub(settings.folder, path, broker.url)
        begun.callback(hub.close)
        hub.wait()
        yield hub


@dataclass(frozen=True)
class _Watched:
    reach_ms: list[float]
    share: float


def _watched(hub: Hub, settings: BoardSettings, screens: int) -> _Watched:
    """Let cards of the hub move for a time while `screens` look."""
    chance = Random(settings.seed)  # noqa: S311
    looking = Screens(hub.port, screens, chance)
    try:
        looking.settle()
        orders = _orders(hub, chance)
        used_s, began_s = _cpu_s(hub.pid), time.monotonic()
        for number in range(int(settings.rate * settings.seconds)):
            looking.run_until(began_s + number / settings.rate)
            looking.send(*next(orders))
        looking.run_until(began_s + settings.seconds)
        share = (_cpu_s(hub.pid) - used_s) / (time.monotonic() - began_s)
    finally:
        looking.close()
    return _Watched(looking.reach_ms, share)


def _orders(hub: Hub, chance: Random) -> Iterator[tuple[str, bytes, str]]:
    """Cards that are held and go on again, one after the other for ever."""
    client = hub.client
    cards = [card["id"] for card in client.items("/api/v1/cards?limit=1000")]
    while True:
        path = f"/api/v1/cards/{chance.choice(cards)}/moves"
        for body in ({"move": "hold", "reason": "measured"}, {"move": "resume"}):
            yield path, json.dumps(body).encode(), client.token


def _cpu_s(pid: int) -> float:
    """Seconds of processor time of all its threads (proc(5), utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
