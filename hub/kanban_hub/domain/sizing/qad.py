"""QAD's order point and buffer."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.safety import safety_pieces


def qad_order_point(inputs: Inputs) -> Figure:
    """Pieces = (demand × lead time + safety stock) × variability, rounded up to whole containers.

    With so much left the next order must go out.
    Source: QAD Lean Manufacturing, training guide 2014 EE, loop sizing.
    """
    demand, lead_time, stock = inputs.demand_per_hour, inputs.lead_time_h, safety_pieces(inputs)
    text = f"({per_hour(demand)} × {hours(lead_time)} + {stock}) × {told(inputs.variability)}"
    exact = (demand * lead_time + stock) * inputs.variability
    return figure.pieces(text, exact, inputs.container_quantity)


def qad_buffer(inputs: Inputs) -> Figure:
    """Cards = (order point + order quantity) ÷ container quantity: the most that is ever in the loop.

    Source: as `qad_order_point`: buffer maximum = order point + order quantity.
    """
    order_point, order_quantity = qad_order_point(inputs).figure, inputs.known("order_quantity")
    text = f"({order_point} + {told(order_quantity)}) ÷ {inputs.container_quantity}"
    return figure.cards(text, (order_point + order_quantity) / inputs.container_quantity)
