"""What of a loop cannot be for its kind, and among the other loops."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kanban_hub.domain.plant import LoopKind
from kanban_hub.language import _
from kanban_hub.looptable import LoopTable
from kanban_protocol.tomlfile import Fault

_TWO = 2


def faults(where: str, loop: LoopTable, loops: Sequence[LoopTable]) -> Iterator[Fault]:
    """What is wrong with `loop` among all `loops` of the file."""
    if loop.supplier == loop.consumer:
        yield Fault(f"{where}.consumer", _("is its own supplier"), _("name two stations"))
    repeated = [step for step, count in Counter(loop.steps).items() if count > 1]
    if repeated:
        text = _("'%(step)s' stands twice") % {"step": repeated[0]}
        yield Fault(f"{where}.steps", text, _("name each step once"))
    yield from _CARDS[loop.kind](where, loop)
    if loop.kind is not LoopKind.SIGNAL and (loop.lot_containers, loop.reorder_containers) != (1, 0):
        text = _("only a signal loop has lots")
        yield Fault(f"{where}.lot_containers", text, _('say kind = "signal"'))
    if loop.pulls is not None:
        yield from _pulls_faults(where, loop, loops)


def _card_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards < 1:
        yield Fault(f"{where}.cards", _("a loop has at least one card"), _('or say kind = "event"'))
    if loop.batch > max(1, loop.cards):
        numbers = {"batch": loop.batch, "cards": loop.cards}
        text = _("a batch of %(batch)s is never complete with %(cards)s cards") % numbers
        yield Fault(f"{where}.batch", text, _("make the batch smaller or the cards more"))


def _two_bin_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != _TWO:
        text = _("two bins have 2 cards, not %(cards)s") % {"cards": loop.cards}
        yield Fault(f"{where}.cards", text, _('or leave out kind = "two_bin"'))
    if loop.batch != 1:
        text = _("of two bins each is asked for when it is empty")
        yield Fault(f"{where}.batch", text, _("leave it out"))


def _signal_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != 1:
        text = _("a signal loop has 1 card, not %(cards)s") % {"cards": loop.cards}
        yield Fault(f"{where}.cards", text, _("say the lot by lot_containers"))
    if loop.batch != 1:
        yield Fault(f"{where}.batch", _("a signal loop's card asks for a whole lot"), _("leave it out"))
    if loop.reorder_containers >= loop.lot_containers:
        numbers = {"left": loop.reorder_containers, "lot": loop.lot_containers}
        text = _("with %(left)s left of %(lot)s it would be asked for at once") % numbers
        yield Fault(f"{where}.reorder_containers", text, _("say fewer than lot_containers"))


def _event_faults(where: str, loop: LoopTable) -> Iterator[Fault]:
    if loop.cards != 0:
        yield Fault(f"{where}.cards", _("an event loop has no regular cards"), _("say cards = 0"))


_CARDS = {
    LoopKind.CARD: _card_faults,
    LoopKind.TWO_BIN: _two_bin_faults,
    LoopKind.SIGNAL: _signal_faults,
    LoopKind.EVENT: _event_faults,
}


def _pulls_faults(where: str, loop: LoopTable, loops: Sequence[LoopTable]) -> Iterator[Fault]:
    """A withdrawal loop takes from the supermarket where its production loop ends."""
    source = next((other for other in loops if other.id == loop.pulls), None)
    if source is None:
        text = _("no loop '%(loop)s'") % {"loop": loop.pulls}
        yield Fault(f"{where}.pulls", text, _("add it under [[loops]]"))
    elif source.consumer != loop.supplier:
        ends = {"pulls": loop.pulls, "end": source.consumer, "begin": loop.supplier}
        text = _("'%(pulls)s' ends at '%(end)s', this loop begins at '%(begin)s'") % ends
        yield Fault(f"{where}.pulls", text, _("both loops meet at the supermarket"))
    elif source.item != loop.item:
        items = {"pulls": loop.pulls, "brought": source.item, "taken": loop.item}
        text = _("'%(pulls)s' brings '%(brought)s', this loop takes '%(taken)s'") % items
        yield Fault(f"{where}.pulls", text, _("both loops carry the same item"))
