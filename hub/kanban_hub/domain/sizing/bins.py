"""Two bins: while one is filled, the other one must last."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs


def two_bin(inputs: Inputs) -> Figure:
    """Pieces in each of two bins = demand × lead time × (1 + safety), rounded up.

    The bin that is left covers the lead time of the other one.
    Source: the textbook formula solved for the quantity with one bin in use: Q = D·L·(1+α), N = 2.
    """
    demand, lead_time, share = inputs.demand_per_hour, inputs.lead_time_h, 1 + inputs.safety
    text = f"{per_hour(demand)} × {hours(lead_time)} × {told(share)}"
    return figure.pieces(text, demand * lead_time * share)
