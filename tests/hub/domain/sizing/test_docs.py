"""The page about sizing against the table of the formulas."""

import re
from pathlib import Path

from kanban_hub.domain.sizing.formulas import FORMULAS
from kanban_hub.domain.sizing.inputs import SERVICE_FACTORS, Inputs
from kanban_hub.domain.sizing.measurement import MEASURED_LEAST
from kanban_hub.domain.sizing.proposal import BAND_PERCENT
from kanban_hub.domain.sizing.textbook import textbook

PAGE = (Path(__file__).parents[4] / "docs" / "sizing.md").read_text()


def test_the_page_has_every_formula_as_the_table_has_it() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| `(.+)` \| (cards|pieces) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [
        (name, formula.title, formula.expression, formula.unit, formula.source)
        for name, formula in FORMULAS.items()
    ]


def test_the_example_is_what_the_formula_says() -> None:
    found = textbook(Inputs(demand_per_hour=30, lead_time_h=2, container_quantity=20, safety=0.2))
    assert f"```text\n{found.arithmetic}\n```" in PAGE


def test_the_page_names_the_figures_of_the_code() -> None:
    assert all(f"{percent} % {factor}" in PAGE for percent, factor in SERVICE_FACTORS.items())
    assert f"less than {BAND_PERCENT:g} %" in PAGE
    assert MEASURED_LEAST == 5
    assert "fewer than five measurements" in PAGE
