"""Each formula against its source, by figures that can be checked by hand."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kanban_hub.domain.sizing.bins import two_bin
from kanban_hub.domain.sizing.dynamics import dynamics
from kanban_hub.domain.sizing.errors import InputError, MissingInputError, SizingError
from kanban_hub.domain.sizing.figure import Unit, told
from kanban_hub.domain.sizing.formulas import FORMULAS, Formula
from kanban_hub.domain.sizing.inputs import SERVICE_FACTORS, Inputs
from kanban_hub.domain.sizing.jde import jde_average, jde_high
from kanban_hub.domain.sizing.oracle import oracle_cards, oracle_quantity
from kanban_hub.domain.sizing.qad import qad_buffer, qad_order_point
from kanban_hub.domain.sizing.safety import safety_stock
from kanban_hub.domain.sizing.sap import sap_cards, sap_classic, sap_quantity
from kanban_hub.domain.sizing.textbook import epei, textbook
from kanban_hub.domain.sizing.triangle import signal_lot, signal_reorder_point


def inputs(**changes: Any) -> Inputs:
    """30 pieces an hour, two hours, containers of 20."""
    values = {"demand_per_hour": 30.0, "lead_time_h": 2.0, "container_quantity": 20}
    return Inputs(**(values | changes))


FULL = inputs(
    cards=20,
    safety=0.2,
    high_demand_per_hour=50.0,
    lead_time_deviation_h=0.5,
    scan_delta_h=0.5,
    epei_h=8.0,
    safety_time_h=1.0,
    order_quantity=60.0,
    variability=1.5,
)


def test_the_textbook_shows_its_arithmetic() -> None:
    found = textbook(inputs(safety=0.2))
    assert found.arithmetic == "30 pieces/h × 2 h × 1.2 ÷ 20 = 3.6 → 4"
    assert found.exact == pytest.approx(3.6)
    assert (found.figure, found.unit) == (4, Unit.CARDS)


def test_a_whole_figure_is_not_rounded_and_not_raised_by_floating_point() -> None:
    found = textbook(inputs(demand_per_hour=0.1, lead_time_h=3, container_quantity=1, safety=9))
    assert found.arithmetic.endswith("= 3")
    assert found.figure == 3


def test_a_loop_that_nobody_pulls_keeps_one_card() -> None:
    assert textbook(inputs(demand_per_hour=0)).arithmetic.endswith("= 0 → 1")


def test_sap_adds_its_constant_after_the_safety_factor_and_not_into_it() -> None:
    found = sap_cards(inputs(safety=0.5, reporting_points=2))
    assert found.exact == pytest.approx(2 * 30 / 20 * 1.5 + 2) == pytest.approx(6.5)
    assert found.exact != pytest.approx(2 * 30 / 20 * (1.5 + 2))
    assert found.arithmetic == "2 h × 30 pieces/h ÷ 20 × 1.5 + 2 = 6.5 → 7"


def test_saps_defaults_are_a_factor_of_one_and_a_constant_of_one() -> None:
    assert sap_cards(inputs()).exact == 4


def test_saps_quantity_is_the_inverse_of_its_number_of_cards() -> None:
    cards = sap_cards(inputs(safety=0.2)).exact
    assert sap_quantity(inputs(safety=0.2, cards=5)).exact == pytest.approx(18)
    assert cards == pytest.approx(4.6)
    back = sap_quantity(replace(inputs(safety=0.2), cards=6)).figure
    assert sap_cards(inputs(safety=0.2, container_quantity=back)).figure <= 6


def test_saps_quantity_needs_a_card_beside_those_being_emptied() -> None:
    with pytest.raises(SizingError, match="of 1 card none is left beside the 1"):
        sap_quantity(inputs(cards=1))


def test_saps_classic_kanban_and_oracle_agree_that_one_card_is_in_use() -> None:
    assert sap_classic(inputs()).figure == oracle_cards(inputs()).figure == 4
    assert (4 - 1) * 20 == 30 * 2


def test_oracles_quantity_covers_the_lead_time_with_the_other_cards() -> None:
    assert oracle_quantity(inputs(cards=4)).figure == 20
    with pytest.raises(SizingError, match="two are the least"):
        oracle_quantity(inputs(cards=1))


@pytest.mark.parametrize(("percent", "factor"), [(90, 1.29), (95, 1.65), (99, 2.33)])
def test_the_safety_stock_follows_the_service_level(percent: int, factor: float) -> None:
    assert SERVICE_FACTORS[percent] == factor
    found = safety_stock(inputs(lead_time_deviation_h=1.0, service_percent=percent))
    assert found.exact == pytest.approx(factor * 30)


def test_dynamics_adds_the_safety_stock_before_dividing_and_the_minimum_after() -> None:
    found = dynamics(inputs(safety=0.2, safety_stock=8, minimum_cards=1))
    assert found.arithmetic == "(30 pieces/h × 2 h × 1.2 + 8) ÷ 20 + 1 = 5"


def test_jde_adds_the_time_until_the_scan_to_the_lead_time() -> None:
    assert jde_average(inputs(scan_delta_h=0.5, safety_stock=5)).exact == pytest.approx((30 * 2.5 + 5) / 20)


def test_jdes_high_equation_takes_the_high_demand() -> None:
    assert jde_high(inputs(high_demand_per_hour=50.0)).exact == pytest.approx(50 * 2 / 20)


def test_qads_order_point_stands_on_whole_containers_and_its_buffer_above_it() -> None:
    given_inputs = inputs(safety_stock=5, variability=1.1, order_quantity=40)
    assert qad_order_point(given_inputs).exact == pytest.approx(71.5)
    assert qad_order_point(given_inputs).figure == 80
    assert qad_buffer(given_inputs).arithmetic == "(80 + 40) ÷ 20 = 6"


def test_a_supplier_that_makes_each_part_once_a_shift_needs_cards_for_the_shift() -> None:
    found = epei(inputs(epei_h=8, safety_time_h=1))
    assert found.arithmetic == "30 pieces/h × (8 h + 2 h + 1 h) ÷ 20 = 16.5 → 17"


def test_one_of_two_bins_covers_the_lead_time() -> None:
    found = two_bin(inputs(safety=0.2))
    assert (found.figure, found.unit) == (72, Unit.PIECES)


def test_the_triangle_hangs_where_the_rest_covers_the_lead_time_and_asks_for_one_interval() -> None:
    assert signal_reorder_point(inputs(safety=0.2)).figure == 80
    assert signal_lot(inputs(epei_h=7)).figure == 220


@pytest.mark.parametrize("function", [epei, signal_lot, jde_high, qad_buffer, safety_stock])
def test_a_formula_says_which_figure_it_lacks(function: Any) -> None:
    with pytest.raises(MissingInputError, match=r"needs [a-z_]+: give it"):
        function(inputs())


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"demand_per_hour": -1.0}, "demand_per_hour is -1.0, and must be 0 or more"),
        ({"lead_time_h": inf}, "lead_time_h is inf"),
        ({"safety": nan}, "safety is nan"),
        ({"container_quantity": 0}, "container_quantity is 0, and must be more than 0"),
        ({"variability": 0.0}, "variability is 0.0, and must be more than 0"),
        ({"service_percent": 97}, "service_percent is 97, and must be one of 90, 95, 99"),
        ({"epei_h": 1e10}, "at most 1000000000"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_name(changes: dict[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text):
        inputs(**changes)


def test_all_figures_that_cannot_be_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        inputs(demand_per_hour=-1.0, container_quantity=0)
    assert [fault.name for fault in caught.value.faults] == ["demand_per_hour", "container_quantity"]


def answer(formula: Formula, values: Inputs) -> tuple[float, int]:
    found = formula.function(values)
    return (found.exact, found.figure)


def varied(field: str) -> Inputs:
    value = getattr(FULL, field) or 0
    return replace(FULL, **{field: 99 if field == "service_percent" else value * 2 + 7})


@pytest.mark.parametrize("name", FORMULAS)
def test_the_table_names_exactly_the_figures_that_bear_on_a_formula(name: str) -> None:
    formula = FORMULAS[name]
    bearing = {field for field in vars(FULL) if answer(formula, varied(field)) != answer(formula, FULL)}
    assert bearing == set(formula.uses)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_table_names_the_unit_of_the_figure(name: str) -> None:
    assert FORMULAS[name].function(FULL).unit is FORMULAS[name].unit


POSITIVE = st.floats(0.01, 1e4)


@given(
    name=st.sampled_from(sorted(FORMULAS)), demand=POSITIVE, lead_time=POSITIVE, quantity=st.integers(1, 5000)
)
def test_every_figure_covers_what_its_formula_asks(
    name: str, demand: float, lead_time: float, quantity: int
) -> None:
    values = replace(FULL, demand_per_hour=demand, lead_time_h=lead_time, container_quantity=quantity)
    found = FORMULAS[name].function(values)
    assert found.figure >= found.exact - 1e-6
    assert "=" in found.arithmetic


@given(demand=POSITIVE, more=POSITIVE, name=st.sampled_from(sorted(FORMULAS)))
def test_more_demand_never_needs_less(demand: float, more: float, name: str) -> None:
    assume(more > demand)
    less = FORMULAS[name].function(replace(FULL, demand_per_hour=demand))
    assert FORMULAS[name].function(replace(FULL, demand_per_hour=more)).figure >= less.figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (3.6, "3.6"),
        (240, "240"),
        (0.00255466, "0.002555"),
        (13858.42168, "13858.4"),
        (1 / 3, "0.3333"),
    ],
)
def test_a_number_is_told_with_as_many_digits_as_its_arithmetic_needs(value: float, text: str) -> None:
    assert told(value) == text
