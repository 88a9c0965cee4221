"""The formulas of SAP's automatic kanban calculation, and of its classic kanban."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.figure import Figure, counted, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs


def sap_cards(inputs: Inputs) -> Figure:
    """Cards = lead time × consumption ÷ container quantity × safety factor + C, rounded up.

    The safety factor is 1 + `safety`. C is 1 where a container is reported when it is empty, times the
    places that report one separately, and 0 where it is reported at the first withdrawal: `reporting_points`.
    C stands outside the product: (RT·AC/CONT)·SF + C, and not ·(SF + C) as a widely copied page has it.
    Source: SAP data element KCSAF; SAP Help, Formulas for Kanban Calculation.
    """
    lead_time, demand, share = inputs.lead_time_h, inputs.demand_per_hour, 1 + inputs.safety
    text = (
        f"{hours(lead_time)} × {per_hour(demand)} ÷ {inputs.container_quantity} × {told(share)}"
        f" + {inputs.reporting_points}"
    )
    exact = lead_time * demand / inputs.container_quantity * share + inputs.reporting_points
    return figure.cards(text, exact)


def sap_quantity(inputs: Inputs) -> Figure:
    """Pieces in a container = lead time × consumption × safety factor ÷ (cards - C), for the cards there are.

    The inverse of `sap_cards`. Raises `SizingError` when no card is left beside C.
    Source: SAP data element KCSAF, Q = RT·AC·SF/(K-C).
    """
    left = inputs.cards - inputs.reporting_points
    if left <= 0:
        cards = counted(inputs.cards, "card")
        text = f"of {cards} none is left beside the {inputs.reporting_points} being emptied"
        raise SizingError(text)
    lead_time, demand, share = inputs.lead_time_h, inputs.demand_per_hour, 1 + inputs.safety
    text = (
        f"{hours(lead_time)} × {per_hour(demand)} × {told(share)}"
        f" ÷ ({inputs.cards} - {inputs.reporting_points})"
    )
    return figure.pieces(text, lead_time * demand * share / left)


def sap_classic(inputs: Inputs) -> Figure:
    """Cards from (cards - 1) × container quantity = consumption in the lead time, rounded up.

    The container in use is not counted on: the others must last until the next one comes.
    Source: SAP Help, ERP 2005 EHP 6, Classic Kanban, (N-1)·Q = consumption in the replenishment lead time.
    """
    consumption = inputs.demand_per_hour * inputs.lead_time_h
    text = (
        f"1 + {per_hour(inputs.demand_per_hour)} × {hours(inputs.lead_time_h)} ÷ {inputs.container_quantity}"
    )
    return figure.cards(text, 1 + consumption / inputs.container_quantity)
