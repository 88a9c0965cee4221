"""Who may order what: one table, from the role of an account to what it may give."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from kanban_hub.accounts.account import AccountRole
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import Role
from kanban_hub.execution import role_of, roles_of
from kanban_hub.orders import CountCard, MoveCall, NoteDefect, Order, Scan, SightCard, TakeBack


class Errand(StrEnum):
    """What is done at the hub and is no order to the floor."""

    KEEP_PHOTO = "keep a photo"
    RETRY_NOTICE = "retry a notice"
    LINKS = "links of suppliers and screens"
    ACCOUNTS = "accounts"
    SIGNAL = "signals of a station"
    COMMAND = "commands to a station"
    IDENTITIES = "codes and certificates of stations"
    TOKENS = "tokens of programs"
    BACKUP = "backup"
    AUDIT = "audit"
    TEST_NOTICE = "test a notice"
    PRINT = "print on a label printer"
    UPDATE = "updates of stations"
    SD_CARDS = "SD cards of stations"


Right = Role | Errand | type[Any]

# A role of the domain stands for all orders that are given in it; a type of order for that one.
RIGHTS: dict[AccountRole, frozenset[Right]] = {
    # What the buttons of a station do, and what is counted on the floor.
    AccountRole.OPERATOR: frozenset(
        {Role.SUPPLIER, CountCard, SightCard, Scan, TakeBack, Errand.SIGNAL, Errand.PRINT}
    ),
    # The same at its own station, for loops that it supplies.
    AccountRole.SUPPLIER: frozenset({Role.SUPPLIER, Scan, TakeBack}),
    AccountRole.QUALITY: frozenset({Role.QUALITY, MoveCall, NoteDefect, Errand.KEEP_PHOTO, Errand.PRINT}),
    AccountRole.SUPERVISOR: frozenset(
        {
            Role.SUPERVISOR,
            Role.SUPPLIER,
            Role.CUSTOMER,
            Errand.KEEP_PHOTO,
            Errand.RETRY_NOTICE,
            Errand.SIGNAL,
            Errand.COMMAND,
            Errand.TEST_NOTICE,
            Errand.PRINT,
        }
    ),
    AccountRole.ADMIN: frozenset({*Role, *Errand}),
    AccountRole.SCREEN: frozenset(),
    # For the one station that the link is of.
    AccountRole.STATION: frozenset({Role.SUPPLIER, Scan, TakeBack, Errand.SIGNAL}),
}


def role_for(roles: Collection[AccountRole], order: Order) -> str | None:
    """In which role somebody with `roles` gives `order`, as the events keep it; `None`: he may not.

    Whoever may order all that goes with a role of the domain orders in that role, others in their own.
    """
    if _has_any(roles, {role_of(order)}):
        return role_of(order).value
    return min((role.value for role in roles if type(order) in RIGHTS[role]), default=None)


def may_some(roles: Iterable[AccountRole], gives: Iterable[Errand | type[Any]]) -> bool:
    """Whether one of `roles` may do something of what is given: an errand, or a kind of order."""
    wanted: set[Right] = set()
    for one in gives:
        wanted |= {one} if isinstance(one, Errand) else {one, *roles_of(one)}
    return _has_any(roles, wanted)


def is_of_station(order: Order, station: str, floor: Floor) -> bool:
    """Whether `order` is of `station`: done there, or about a loop that it supplies."""
    if isinstance(order, Scan | TakeBack):
        return order.station == station
    card, loop = getattr(order, "card", None), getattr(order, "loop", None)
    known = floor.cards.get(card) if card is not None else None
    found = floor.plant.loops.get(known.loop if known is not None else loop or "")
    return found is not None and found.supplier == station


def _has_any(roles: Iterable[AccountRole], wanted: set[Right]) -> bool:
    return any(wanted & RIGHTS[role] for role in roles)
