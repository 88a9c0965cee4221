"""The formula of Microsoft Dynamics 365."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.safety import safety_pieces


def dynamics(inputs: Inputs) -> Figure:
    """Cards = (demand × lead time × (1 + safety) + safety stock) ÷ container quantity + minimum, rounded up.

    The safety stock follows from the service level. With `safety` and a service level both, what varies is
    covered twice: give one of the two.
    Source: Microsoft Learn, Kanban quantity calculation policies.
    """
    demand, lead_time, share = inputs.demand_per_hour, inputs.lead_time_h, 1 + inputs.safety
    stock, quantity = safety_pieces(inputs), inputs.container_quantity
    text = (
        f"({per_hour(demand)} × {hours(lead_time)} × {told(share)} + {stock}) ÷ {quantity}"
        f" + {inputs.minimum_cards}"
    )
    return figure.cards(text, (demand * lead_time * share + stock) / quantity + inputs.minimum_cards)
