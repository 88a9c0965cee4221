"""A plant whose board is as full as boards get: many loops of many cards over a few lines."""

from kanban_hub.domain.line import Line
from kanban_hub.domain.moves import Move
from kanban_hub.domain.plant import Item, KanbanLoop, Plant, Station

SITE = "boards"
STATIONS = 18
LINES = 3
_PARTS = ("Bracket", "Housing", "Shaft", "Cover", "Gear", "Seal", "Plate", "Valve", "Spring", "Lever")
_KINDS = ("left", "right", "12 mm", "upper", "lower", "short")


def board_plant(loops: int, cards: int) -> Plant:
    """`loops` loops of `cards` cards each; the stations supply each other in a ring, six to a line."""
    stations = [Station(f"station-{number}", f"Station {number}") for number in range(1, STATIONS + 1)]
    made = [_loop(number, cards) for number in range(loops)]
    items = [Item(loop.item, _name(number)) for number, loop in enumerate(made)]
    per_line = STATIONS // LINES
    lines = [
        Line(
            f"line-{n + 1}", f"Line {n + 1}", tuple(s.id for s in stations[n * per_line : (n + 1) * per_line])
        )
        for n in range(LINES)
    ]
    return Plant(SITE, stations, items, made, lines=lines)


def _loop(number: int, cards: int) -> KanbanLoop:
    return KanbanLoop(
        id=f"loop-{number + 1}",
        item=f"item-{number + 1}",
        supplier=f"station-{(number + 1) % STATIONS + 1}",
        consumer=f"station-{number % STATIONS + 1}",
        container_quantity=20,
        cards=cards,
        steps=(Move.ACCEPT, Move.START, Move.SHIP),
        lead_time_s=3600,
        rate_per_hour=30.0,
        duplicate_window_s=0,
    )


def _name(number: int) -> str:
    round_of, part = divmod(number, len(_PARTS))
    return f"{_PARTS[part]}, {_KINDS[round_of % len(_KINDS)]}"
