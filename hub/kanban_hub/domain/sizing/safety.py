"""The stock kept because lead times vary."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs


def safety_stock(inputs: Inputs) -> Figure:
    """Pieces = service factor × demand × standard deviation of the lead time, or what was given.

    Source: the safety stock of a lead time that varies under a steady demand (King, "Crack the Code",
    APICS magazine, July/August 2011); service factors 90 % 1.29, 95 % 1.65, 99 % 2.33 of Dynamics 365.
    """
    if inputs.safety_stock is not None:
        return figure.pieces("given", inputs.safety_stock)
    factor, demand = inputs.service_factor, inputs.demand_per_hour
    deviation = inputs.known("lead_time_deviation_h")
    text = f"{told(factor)} × {per_hour(demand)} × {hours(deviation)}"
    return figure.pieces(text, factor * demand * deviation)


def safety_pieces(inputs: Inputs) -> int:
    """The rounded safety stock for a formula that adds one; 0 when no deviation is known."""
    is_known = inputs.safety_stock is not None or inputs.lead_time_deviation_h is not None
    return safety_stock(inputs).figure if is_known else 0
