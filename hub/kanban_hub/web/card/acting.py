"""For which stations somebody may act, and what he may order: read off the table of rights."""

from kanban_hub.accounts.account import AccountRole
from kanban_hub.accounts.rights import role_for
from kanban_hub.domain.floor import Floor
from kanban_hub.orders import Order
from kanban_hub.web.caller import Caller


def acts_for(caller: Caller, station: str) -> bool:
    """Whether `caller` may do what is done at `station`: by account, by its link, or as its supplier."""
    is_supplier = AccountRole.SUPPLIER in caller.roles and caller.station == station
    return is_supplier or caller.may_signal(station)


def supplies_for(caller: Caller, floor: Floor, station: str) -> bool:
    """The same on the supplier's side: whoever is outside the plant answers for himself alone."""
    known = floor.plant.stations.get(station)
    if known is not None and known.external:
        return caller.station == station and AccountRole.SUPPLIER in caller.roles
    return acts_for(caller, station)


def may_order(caller: Caller, order: Order) -> bool:
    """Whether an account may give `order`, whatever its station."""
    return role_for(caller.roles - {AccountRole.SUPPLIER, AccountRole.STATION}, order) is not None
