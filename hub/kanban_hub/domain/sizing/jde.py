"""Two equations of JD Edwards: with the average and with the high demand, and the delay until the scan."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.safety import safety_pieces


def jde_average(inputs: Inputs) -> Figure:
    """Cards = size ÷ container quantity; size = average demand × (lead time + scan delta) + safety stock.

    Source: Oracle JD Edwards EnterpriseOne, Kanban Equation 4.
    """
    return _sized(inputs, inputs.demand_per_hour)


def jde_high(inputs: Inputs) -> Figure:
    """As `jde_average` with the highest demand that was seen, so that the busiest time does not starve.

    Source: Oracle JD Edwards EnterpriseOne, Kanban Equation 1.
    """
    return _sized(inputs, inputs.known("high_demand_per_hour"))


def _sized(inputs: Inputs, demand: float) -> Figure:
    times = [inputs.lead_time_h, inputs.scan_delta_h]
    stock, quantity = safety_pieces(inputs), inputs.container_quantity
    text = f"({per_hour(demand)} × ({' + '.join(map(hours, times))}) + {stock}) ÷ {quantity}"
    return figure.cards(text, (demand * sum(times) + stock) / quantity)
