"""Where the header of every page leads, for whom."""

from dataclasses import dataclass
from typing import Any

from kanban_hub.accounts.rights import Errand
from kanban_hub.orders import PlaceDemand
from kanban_hub.web.caller import Caller


@dataclass(frozen=True)
class Way:
    """`gives` says who sees it: whoever may do some of it; without any, everybody."""

    path: str
    word: str
    gives: tuple[Errand | type[Any], ...] = ()


WAYS = (
    Way("/", "Board"),
    Way("/customers", "Customers' orders", (PlaceDemand,)),
    Way("/screens", "Screens", (Errand.LINKS,)),
    Way("/accounts", "Accounts", (Errand.ACCOUNTS,)),
)


def ways(caller: Caller) -> list[Way]:
    """Those that `caller` sees, in the order of the header."""
    return [way for way in WAYS if not way.gives or caller.may(*way.gives)]
