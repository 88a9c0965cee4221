"""What of the floor a board shows, as its address says it: every view can be linked to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import quote, urlencode

from kanban_hub.domain.plant import KanbanLoop, Plant

SEARCH_MOST = 60
_TICKS = ("late", "quality", "wall")


@dataclass(frozen=True)
class Query:
    """`line` and `supplier` are ids, empty for all; what is not known shows everything instead.

    `late`, `quality`: only loops that are late or have a quality flag. `is_worst_first`: otherwise every
    loop keeps its place. `search` is what was typed, in lower case.
    """

    line: str = ""
    supplier: str = ""
    search: str = ""
    late: bool = False
    quality: bool = False
    wall: bool = False
    is_worst_first: bool = False

    @classmethod
    def of(cls, line: str, args: Mapping[str, str]) -> Self:
        return cls(
            line,
            args.get("supplier", ""),
            " ".join(args.get("q", "").split())[:SEARCH_MOST].lower(),
            is_worst_first=args.get("sort") == "worst",
            **{name: args.get(name) == "1" for name in _TICKS},
        )

    def known_in(self, plant: Plant) -> Self:
        """The same without a supplier that is not one here."""
        suppliers = {loop.supplier for loop in plant.loops.values()}
        return self if self.supplier in suppliers else replace(self, supplier="")

    @property
    def is_filtered(self) -> bool:
        """Whether something of the line may be left out."""
        return bool(self.supplier or self.search or self.late or self.quality)

    @property
    def address(self) -> str:
        path = f"/board/{quote(self.line)}" if self.line else "/"
        asked = {name: "1" for name in _TICKS if getattr(self, name)}
        asked |= {"supplier": self.supplier, "q": self.search}
        asked |= {"sort": "worst" if self.is_worst_first else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{query}" if query else path

    def but(self, **changes: Any) -> str:
        """The address of the same view with these `changes`."""
        return replace(self, **changes).address

    def takes(self, loop: KanbanLoop, plant: Plant) -> bool:
        """Whether the loop is one that was asked for, by what the plant says of it."""
        if self.supplier and loop.supplier != self.supplier:
            return False
        if not self.search:
            return True
        stations = [plant.stations.get(one) for one in (loop.supplier, loop.consumer)]
        names = [loop.id, loop.item, plant.item_name(loop), *(one.name for one in stations if one)]
        is_card = self.search.startswith(f"{loop.id.lower()}-")
        return is_card or any(self.search in name.lower() for name in names)


def loops_of(plant: Plant, line: str) -> list[KanbanLoop]:
    """The loops of a line, of the whole plant without one, each in its place."""
    return plant.loops_of_line(line) if line else list(plant.loops.values())
