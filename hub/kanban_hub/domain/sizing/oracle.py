"""Oracle's formula, solved for the cards and for the size."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour
from kanban_hub.domain.sizing.inputs import Inputs


def oracle_cards(inputs: Inputs) -> Figure:
    """Cards from (cards - 1) × size = demand × lead time, rounded up.

    One card is always at the consumer, in use; the others cover the lead time.
    Source: Oracle Kanban, (C-1)·S = D·L, resourcesystemsconsulting.com, 22 May 2009.
    """
    demand, lead_time, quantity = inputs.demand_per_hour, inputs.lead_time_h, inputs.container_quantity
    text = f"{per_hour(demand)} × {hours(lead_time)} ÷ {quantity} + 1"
    return figure.cards(text, demand * lead_time / quantity + 1)


def oracle_quantity(inputs: Inputs) -> Figure:
    """Pieces in a container from (cards - 1) × size = demand × lead time, for the cards that there are.

    Raises `SizingError` with one card: nothing is left to cover the lead time.
    Source: as `oracle_cards`.
    """
    if inputs.cards < 2:  # noqa: PLR2004  # one in use, one on the way
        raise SizingError("with one card no container covers the lead time; two are the least")
    demand, lead_time = inputs.demand_per_hour, inputs.lead_time_h
    text = f"{per_hour(demand)} × {hours(lead_time)} ÷ ({inputs.cards} - 1)"
    return figure.pieces(text, demand * lead_time / (inputs.cards - 1))
