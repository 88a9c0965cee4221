"""Where the header of every page leads, for whom."""

from dataclasses import dataclass
from typing import Any

from kanban_hub.accounts.rights import Errand
from kanban_hub.language import N_
from kanban_hub.orders import PlaceDemand
from kanban_hub.web.caller import Caller


@dataclass(frozen=True)
class Way:
    """`gives` says who sees it: whoever may do some of it; without any, everybody."""

    path: str
    word: str
    gives: tuple[Errand | type[Any], ...] = ()

    def leads_to(self, path: str) -> bool:
        """Whether the page at `path` is this one or below it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


WAYS = (
    Way("/", N_("Board")),
    Way("/loops", N_("Loops")),
    Way("/events", N_("History")),
    Way("/print", N_("Print")),
    Way("/customers", N_("Customers' orders"), (PlaceDemand,)),
    Way("/screens", N_("Screens"), (Errand.LINKS,)),
    Way("/accounts", N_("Accounts"), (Errand.ACCOUNTS,)),
)


def ways(caller: Caller) -> list[Way]:
    """Those that `caller` sees, in the order of the header."""
    return [way for way in WAYS if not way.gives or caller.may(*way.gives)]
