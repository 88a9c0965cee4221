"""Which orders of these pages the reader may give: an order that is refused anyway is not offered."""

from dataclasses import dataclass

from kanban_hub.accounts.rights import Errand, role_for
from kanban_hub.orders import MoveCall, MoveCard, NoteDefect
from kanban_hub.web.caller import Caller


@dataclass(frozen=True)
class May:
    """`calls`: take, solve, close them; `decide`: what becomes of a container; `note`: add to a finding."""

    calls: bool
    decide: bool
    note: bool
    photo: bool

    @property
    def nothing(self) -> bool:
        return not (self.calls or self.decide or self.note)


def may(caller: Caller) -> May:
    note = caller.may(NoteDefect)
    return May(
        calls=caller.may(MoveCall),
        decide=role_for(caller.roles, MoveCard("", "scrap")) is not None,
        note=note,
        photo=note and caller.may(Errand.KEEP_PHOTO),
    )
