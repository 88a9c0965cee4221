"""What a figure means for the cards that there are: keep them, or try another number."""

from dataclasses import dataclass

from kanban_hub.domain.plant import KanbanLoop, LoopKind
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.figure import counted, told

BAND_PERCENT = 10.0


@dataclass(frozen=True)
class Proposal:
    """`cards` are proposed; those there are when `is_kept`. `text` says why."""

    cards: int
    is_kept: bool
    text: str


def propose(loop: KanbanLoop, figure: int, band_percent: float = BAND_PERCENT) -> Proposal:
    """Hold a formula's number of cards against those of `loop`.

    One that differs by less than the band is no reason to change: demand goes up and down, and a loop that
    is resized every week never comes to rest. A loop keeps at least the cards of one batch.
    Source: the tolerance of JD Edwards' kanban constants, which ignore a smaller resize.
    """
    wanted = max(figure, loop.batch)
    off, percent = abs(wanted - loop.cards), abs(wanted - loop.cards) / loop.cards * 100
    batch = f" (one batch; the formula says {figure})" if wanted > figure else ""
    if off == 0:
        return Proposal(loop.cards, is_kept=True, text=f"Keep as it is: {counted(loop.cards, 'card')}{batch}")
    differs = f"{told(round(percent, 1))} % {'more' if wanted > loop.cards else 'fewer'}"
    if off * 100 < band_percent * loop.cards:
        text = f"Keep as it is: {counted(wanted, 'card')}{batch}, {differs}, within {told(band_percent)} %"
        return Proposal(loop.cards, is_kept=True, text=text)
    return Proposal(
        wanted, is_kept=False, text=f"Try {counted(wanted, 'card')}{batch} instead of {loop.cards}: {differs}"
    )


def is_by_cards(loop: KanbanLoop) -> bool:
    """Whether `loop` is made greater and smaller by its number of cards."""
    return loop.kind is LoopKind.CARD


def check(loop: KanbanLoop, cards: int) -> None:
    """Raise `SizingError` when `loop` could not work with so many cards, or its cards are not counted so."""
    if not is_by_cards(loop):
        raise SizingError(f"{loop.id} is a loop of kind {loop.kind}: it is not sized by a number of cards")
    if cards < 1:
        raise SizingError("a loop has one card at least")
    if cards < loop.batch:
        raise SizingError(f"a batch of {loop.batch} is never complete with {cards} cards")
