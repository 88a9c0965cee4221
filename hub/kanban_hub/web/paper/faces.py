"""What stands on a card of the floor, in the words of whoever prints it."""

from kanban_hub.domain.card import Card
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import KanbanLoop
from kanban_hub.language import _, ngettext
from kanban_hub.paper.card import Face, Words


def face(floor: Floor, card: Card, *, contents: bool = False) -> Face:
    """`card` as it is printed; with its `contents` as the label of one filling."""
    loop, stations = floor.loop(card.loop), floor.plant.stations
    quantity, lot = _pieces(loop, card, contents=contents), card.lot if contents else None
    consumer = stations[loop.consumer].name
    return Face(
        card=card.id,
        item=loop.item,
        item_name=floor.plant.item_name(loop),
        quantity=quantity,
        supplier=stations[loop.supplier].name,
        consumer=consumer,
        words=Words(
            quantity=ngettext("%(count)s piece", "%(count)s pieces", quantity) % {"count": quantity},
            loop=_("Loop %(loop)s") % {"loop": loop.id},
            lot=_("lot %(lot)s") % {"lot": lot} if lot else "",
            kind=_("One-time card") if card.is_temporary and card.replaces is None else "",
            use=_("Container empty? Press its lit button, or scan this card."),
            found=_("Found? It belongs to %(station)s.") % {"station": consumer},
        ),
        lot=lot,
    )


def _pieces(loop: KanbanLoop, card: Card, *, contents: bool) -> int:
    """What the card asks for; a signal loop's asks for a lot, and its quantity is the stock beside it."""
    if (contents or card.is_obsolete) and card.quantity and not loop.is_signal:
        return card.quantity
    return loop.lot_quantity
