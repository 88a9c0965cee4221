"""What whoever looks at a card may do with it now: one deed first, the others behind it, and the way back."""

from collections.abc import Iterator
from dataclasses import dataclass

from kanban_hub.domain.card import Card, Contents
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moves import FILLED, OPEN, RULES, Move, Standing, State
from kanban_hub.domain.undoing import UNDO_S
from kanban_hub.execution import NOT_TAKEN_BACK
from kanban_hub.language import N_, _
from kanban_hub.orders import CountCard, MoveCard
from kanban_hub.web.caller import Caller
from kanban_hub.web.card.acting import acts_for, may_order, supplies_for

# What a deed is called on its button, and what is said when it is done.
TEXTS: dict[str, tuple[str, str]] = {
    "pull": (N_("It is empty: ask for another"), N_("Asked for.")),
    "receive": (N_("It has arrived"), N_("Received: a full container stands here.")),
    "accept": (N_("I have seen it"), N_("The consumer sees now that you have seen it.")),
    "start": (N_("I start it"), N_("Started.")),
    "finish": (N_("It is made"), N_("Finished: it waits for transport.")),
    "ship": (N_("It is on the way"), N_("Shipped.")),
    "fail": (N_("The container is bad"), N_("Set apart. A replacement is asked for, and help is called.")),
    "count": (N_("Say what is in it"), N_("Counted.")),
    "release": (N_("Ask for the batch as it is"), N_("The batch is asked for.")),
    "hold": (N_("Keep it out of use"), N_("Held.")),
    "resume": (N_("Use it again"), N_("In use again.")),
    "reissue": (N_("The card is damaged"), N_("A new number has taken its place: print it.")),
    "lose": (N_("The card is lost"), N_("The number is void. Another has taken its place: print it.")),
    "undo": (N_("Take the last step back"), N_("Taken back.")),
}
# Deeds that ask for something: the name of the fields in the template.
FIELDS = {
    "ship": "contents", "fail": "defect", "count": "contents", "hold": "reason", "reissue": "reason",
    "lose": "sure",
}  # fmt: skip
_AT_CONSUMER = (State.FULL, State.IN_TRANSIT)
_AT_SUPPLIER = (State.IN_PROCESS, State.DONE, State.IN_TRANSIT)


@dataclass(frozen=True)
class Deed:
    """`station` is where it is done, for what a station does."""

    name: str
    station: str = ""

    @property
    def label(self) -> str:
        return _(TEXTS[self.name][0])

    @property
    def fields(self) -> str:
        return FIELDS.get(self.name, "")


@dataclass(frozen=True)
class Deeds:
    """`first` is the one that is suggested, `back` takes the last one back. `taken` is what that undoes."""

    first: Deed | None = None
    others: tuple[Deed, ...] = ()
    back: Deed | None = None

    def named(self, name: str) -> Deed | None:
        known = (self.first, *self.others, self.back)
        return next((deed for deed in known if deed is not None and deed.name == name), None)


def deeds(floor: Floor, card: Card, caller: Caller, now_ms: int) -> Deeds:
    """What `caller` may do with `card` now; nothing with a void one."""
    if card.is_void or card.loop not in floor.plant.loops:
        return Deeds()
    first = _first(floor, card, caller) if card.standing is Standing.ACTIVE else None
    others = [deed for deed in _others(floor, card, caller) if first is None or deed.name != first.name]
    return Deeds(first, tuple(others), _back(card, caller, now_ms))


def _first(floor: Floor, card: Card, caller: Caller) -> Deed | None:
    """The next step of whoever is asked for it: the supplier's, then the consumer's."""
    loop = floor.loop(card.loop)
    step = loop.next_step(card.state) if card.state in OPEN else None
    if step is not None:
        return Deed(step.value, loop.supplier) if supplies_for(caller, floor, loop.supplier) else None
    if not acts_for(caller, loop.consumer):
        return None
    if card.state is State.FULL:
        return Deed("pull", loop.consumer)
    return Deed("receive", loop.consumer) if card.state in RULES[Move.RECEIVE].sources else None


def _others(floor: Floor, card: Card, caller: Caller) -> Iterator[Deed]:
    if card.standing is Standing.ACTIVE:
        yield from _steps(floor, card, caller)
    yield from _fails(floor, card, caller)
    if card.state in FILLED and may_order(caller, CountCard(card.id, Contents())):
        yield Deed("count")
    if not may_order(caller, MoveCard(card.id, "hold")):
        return
    if card.state is State.COLLECTING:
        yield Deed("release")
    if card.state is not State.QUARANTINED:
        yield Deed("resume" if card.standing is Standing.HELD else "hold")
        yield Deed("reissue")
    yield Deed("lose")


def _steps(floor: Floor, card: Card, caller: Caller) -> Iterator[Deed]:
    loop = floor.loop(card.loop)
    if card.state in OPEN and supplies_for(caller, floor, loop.supplier):
        yield Deed("ship", loop.supplier)
    if card.state in RULES[Move.RECEIVE].sources and acts_for(caller, loop.consumer):
        yield Deed("receive", loop.consumer)


def _fails(floor: Floor, card: Card, caller: Caller) -> Iterator[Deed]:
    """Where it was found bad is where it stands; on its way either side may say so, the consumer first."""
    loop = floor.loop(card.loop)
    if card.state in _AT_CONSUMER and acts_for(caller, loop.consumer):
        yield Deed("fail", loop.consumer)
    elif card.state in _AT_SUPPLIER and supplies_for(caller, floor, loop.supplier):
        yield Deed("fail", loop.supplier)


def _back(card: Card, caller: Caller, now_ms: int) -> Deed | None:
    """Within its time whoever acts for the station, later a supervisor."""
    last = card.last
    if last is None or last.move is Move.UNDO:
        return None
    is_fresh = now_ms - last.moment.at_ms <= UNDO_S * 1000
    if last.signal and last.station and is_fresh and acts_for(caller, last.station):
        return Deed("undo", last.station)
    may_undo = may_order(caller, MoveCard(card.id, "undo")) and last.move not in NOT_TAKEN_BACK
    return Deed("undo") if may_undo else None
