"""The formula of the textbooks, and the one with an interval between runs."""

from kanban_hub.domain.sizing import figure
from kanban_hub.domain.sizing.figure import Figure, hours, per_hour, told
from kanban_hub.domain.sizing.inputs import Inputs


def textbook(inputs: Inputs) -> Figure:
    """Cards = demand × lead time × (1 + safety) ÷ container quantity, rounded up.

    The containers that are emptied while one is away, and a share for what varies.
    Source: N = D·L·(1+α)/Q, as taught since Monden, Toyota Production System (1983), chapter on the number
    of kanbans, and in the calculators of sixsigmakaizen.com and yamazovas.com.
    """
    demand, lead_time, share = inputs.demand_per_hour, inputs.lead_time_h, 1 + inputs.safety
    quantity = inputs.container_quantity
    text = f"{per_hour(demand)} × {hours(lead_time)} × {told(share)} ÷ {quantity}"
    return figure.cards(text, demand * lead_time * share / quantity)


def epei(inputs: Inputs) -> Figure:
    """Cards = demand × (EPEI + lead time + safety time) ÷ container quantity, rounded up.

    For a supplier that makes each part only once in every interval: a card may wait the whole interval.
    Source: resourcesystemsconsulting.com, 22 May 2009, "every part every interval".
    """
    times = [inputs.known("epei_h"), inputs.lead_time_h, inputs.safety_time_h]
    demand, quantity = inputs.demand_per_hour, inputs.container_quantity
    text = f"{per_hour(demand)} × ({' + '.join(map(hours, times))}) ÷ {quantity}"
    return figure.cards(text, demand * sum(times) / quantity)
