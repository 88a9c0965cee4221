"""Where the header of every page leads, for whom."""

from dataclasses import dataclass
from typing import Any

from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_
from kanban_hub.orders import ChangePlant, PlaceDemand
from kanban_hub.web.caller import Caller


@dataclass(frozen=True)
class Way:
    """`gives` says who sees it: whoever may do some of it; without any, everybody.

    `more` are addresses of pages that belong to it and stand elsewhere.
    """

    path: str
    word: str
    gives: tuple[Errand | type[Any], ...] = ()
    more: tuple[str, ...] = ()

    def leads_to(self, path: str) -> bool:
        """Whether the page at `path` is this one or below it."""
        roots = (self.path, *self.more)
        return path in roots or any(root != "/" and path.startswith(f"{root}/") for root in roots)


_ADMINISTERED = ("/accounts", "/screens", "/tokens", "/notices", "/backup", "/audit", "/releases", "/start")
WAYS = (
    Way("/", N_("Board")),
    Way("/stations", N_("Stations")),
    Way("/loops", N_("Loops")),
    Way("/quality", N_("Quality")),
    Way("/map", N_("Map")),
    Way("/reports", N_("Reports")),
    Way("/events", N_("History")),
    Way("/print", N_("Print")),
    Way("/customers", N_("Customers' orders"), (PlaceDemand,)),
    Way("/plant", N_("Administration"), (ChangePlant, Errand.RETRY_NOTICE), _ADMINISTERED),
)


def ways(caller: Caller) -> list[Way]:
    """Those that `caller` sees, in the order of the header."""
    return [way for way in WAYS if not way.gives or caller.may(*way.gives)]
