"""What each role may, in the words of people; who may what exactly is the table `RIGHTS`."""

from collections.abc import Iterable
from dataclasses import dataclass

from kanban_hub.accounts.account import AccountRole
from kanban_hub.language import N_, _
from kanban_hub.web import words

_MAY: dict[AccountRole, str] = {
    AccountRole.OPERATOR: N_(
        "what a supplier's buttons do; say what is in a container; tell found cards in a count"
    ),
    AccountRole.SUPERVISOR: N_("all orders to the floor but the decisions about bad containers; notices"),
    AccountRole.QUALITY: N_("decide about bad containers, add what is known of them, answer calls"),
    AccountRole.SUPPLIER: N_("what a supplier's buttons do, for the loops that its own station supplies"),
    AccountRole.ADMIN: N_("everything; also the plant, accounts, links, tokens, backups"),
    AccountRole.SCREEN: N_("read only: see what everybody sees, and order nothing"),
}


@dataclass(frozen=True)
class RolePicture:
    role: AccountRole
    word: str
    may: str


def role_pictures(roles: Iterable[AccountRole]) -> list[RolePicture]:
    return [RolePicture(role, words.role(role), _(_MAY[role])) for role in roles]
