"""What a shop floor did, as the figures are asked about it."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from kanban_hub.domain.calendar import Calendar, Shift, Weekday
from kanban_hub.domain.events import CallMoved, Event, Occasion
from kanban_hub.domain.evidence.basis import Basis
from kanban_hub.domain.evidence.chronicle import Bounds, Chronicle
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.moment import Moment
from tests.hub.domain.shopfloor import Shopfloor


@dataclass(frozen=True)
class Entry:
    number: int
    event: Event
    occasion: Occasion


def chronicle(shop: Shopfloor, bounds: Bounds | None = None) -> Chronicle:
    """All that happened, from the first event on."""
    made = Chronicle(bounds)
    for number, (event, occasion) in enumerate(shop.log, 1):
        made.take(Entry(number, event, occasion))
    return made


def basis(shop: Shopfloor, from_ms: int = 0, to_ms: int | None = None) -> Basis:
    """By default all time until now."""
    end_ms = shop.now_ms + 1 if to_ms is None else to_ms
    return Basis(chronicle(shop), shop.floor, Window(from_ms, end_ms), shop.now_ms)


def work(shop: Shopfloor, starts: time, ends: time) -> None:
    """From now on the plant works every day between these times in UTC."""
    shop.floor.plant.calendar = Calendar("UTC", (Shift("day", "Day", tuple(Weekday), starts, ends),))


def events(shop: Shopfloor, numbers: tuple[int, ...]) -> list[Any]:
    """The events that a row leads to."""
    return [shop.log[number - 1][0] for number in numbers]


def moves(shop: Shopfloor, numbers: tuple[int, ...]) -> list[tuple[str, str]]:
    """Card and move of each event that a row leads to."""
    return [(event.card, str(event.move)) for event in events(shop, numbers)]


def round_trip(shop: Shopfloor, seen_s: float, made_s: float, here_s: float) -> str:
    """Pull, accept, ship and receive one container, with so long between; the card."""
    card = shop.pull().card or ""
    shop.wait(seen_s)
    shop.advance()
    shop.wait(made_s)
    shop.advance()
    shop.wait(here_s)
    shop.scan(card)
    return card


def move_call(shop: Shopfloor, call: str, state: str, cause: str | None = None) -> None:
    """What people at a page do with a call, as it is written down."""
    moved = CallMoved(shop.floor.calls[call].loop, call, state, cause)
    shop.log.append((moved, Occasion(Moment.at(shop.now_ms))))
