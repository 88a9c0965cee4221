"""The signal kanban, a triangle on the pile: where it hangs, and how much it asks for."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs


def signal_reorder_point(inputs: Inputs) -> Figure:
    """Pieces left when the signal goes = demand × lead time × (1 + safety), in whole containers.

    The triangle hangs where what is left below it covers the replenishment time.
    Source: allaboutlean.com, kanban card design; leanmath.com, triangle kanban sizing.
    """
    demand, lead_time, share = inputs.demand_per_hour, inputs.lead_time_h, 1 + inputs.safety
    text = f"{per_hour(demand)} × {hours(lead_time)} × {told(share)}"
    return figure.pieces(text, demand * lead_time * share, inputs.container_quantity)


def signal_lot(inputs: Inputs) -> Figure:
    """Pieces that one signal asks for = demand × EPEI, in whole containers.

    One lot lasts until the supplier makes this part again.
    Source: leanmath.com, triangle kanban sizing, lot by every part every interval.
    """
    demand, interval = inputs.demand_per_hour, inputs.known("epei_h")
    text = f"{per_hour(demand)} × {hours(interval)}"
    return figure.pieces(text, demand * interval, inputs.container_quantity)
