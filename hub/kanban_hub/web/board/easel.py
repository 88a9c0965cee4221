"""Keeps what was painted for as long as it is true: two hundred screens ask at one hint."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from kanban_hub.language import spoken
from kanban_hub.web.board.picture import Picture
from kanban_hub.web.board.query import Query
from kanban_hub.web.board.tiles import Tiles
from kanban_hub.web.live import Part
from kanban_hub.web.parts import WebParts

KEEP_S = 0.5
# Boards of different lines, filters and languages that are kept; what people search for is not bounded.
BOARDS_MOST = 64


@dataclass(frozen=True)
class Painted:
    """The inside of a board, drawn."""

    part: Part
    change: int
    painted_s: float


class Easel:
    """Any thread may ask; one paints at a time."""

    def __init__(self, picture: Callable[[WebParts, Query], Picture]) -> None:
        self._picture = picture
        self._tiles = Tiles()
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Query, str], Painted] = OrderedDict()

    def painted(self, parts: WebParts, query: Query) -> Painted:
        """The board's inside in the language that is spoken, not older than `KEEP_S` and the last change."""
        with self._lock:
            key = query, spoken()
            now_s, change = parts.presence.now_s(), parts.changes.version
            last = self._kept.get(key)
            if last is None or last.change != change or now_s - last.painted_s > KEEP_S:
                part = Part.of(self._tiles.board(self._picture(parts, query)))
                last = Painted(part, change, now_s)
                self._kept[key] = last
                if len(self._kept) > BOARDS_MOST:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return last


def easel() -> Easel:
    """The one of the application that serves."""
    found: Easel = current_app.extensions["easel"]
    return found
