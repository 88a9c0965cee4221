"""Fields made from settings, and rows made from what was typed."""

import pytest
from werkzeug.datastructures import MultiDict

from kanban_hub import plantfile
from kanban_hub.language import speaking
from kanban_hub.plantdraft import weigh, with_row
from kanban_hub.pseudo import FIRST, LANGUAGE
from kanban_hub.web.plant import duration, fields
from kanban_hub.web.plant.faulttext import text_of
from kanban_hub.web.plant.sheets import SHEETS
from kanban_hub.web.plant.slug import slug
from kanban_protocol.ids import is_name
from tests.hub.test_plantcsv import TABLES as PLAIN
from tests.hub.test_plantfile import EXAMPLE

TABLES = plantfile.tables_of(plantfile.load(EXAMPLE))


def form_of(typed: fields.Typed) -> MultiDict[str, str]:
    return MultiDict((name, value) for name, values in typed.items() for value in values)


@pytest.mark.parametrize("table", ["stations", "items", "loops"])
def test_what_a_form_shows_and_sends_untouched_is_the_row_that_it_shows(table: str) -> None:
    settings = SHEETS[table].settings
    for row in TABLES[table]:
        again = fields.row_of(settings, form_of(fields.typed_of(settings, row)))
        assert weigh(None, with_row(TABLES, table, row["id"], again)).tables == TABLES, row["id"]


def test_a_time_is_typed_as_a_number_and_its_unit() -> None:
    settings = SHEETS["loops"].settings
    typed = fields.typed_of(settings, {"lead_time_s": 5400, "cycle_time_s": 0.5})
    assert (typed["lead_time_s"], typed["lead_time_s.unit"]) == (["90"], ["min"])
    assert (typed["cycle_time_s"], typed["cycle_time_s.unit"]) == (["0.5"], ["s"])
    form = MultiDict([("lead_time_s", "1,5"), ("lead_time_s.unit", "h"), ("cycle_time_s", "x")])
    row = fields.row_of(settings, form)
    assert (row["lead_time_s"], row["cycle_time_s"]) == (5400, "x")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0 s"), (59, "59 s"), (3600, "1 h"), (172800, "2 d"), (5400, "90 min")]
)
def test_a_time_is_shown_in_the_largest_unit_without_a_fraction(seconds: int, shown: str) -> None:
    assert duration.shown(seconds) == shown


def test_what_is_ticked_is_put_in_order_by_the_numbers_beside_it() -> None:
    settings = SHEETS["lines"].settings
    form = MultiDict([("stations", "a"), ("stations", "b"), ("stations", "c"), ("stations.place.c", "1")])
    form["stations.place.a"] = "2"
    assert fields.row_of(settings, form)["stations"] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Final assembly", "final-assembly"),
        ("Gehäuse, groß", "gehaeuse-gross"),
        ("Łódź & Óbidos", "lodz-obidos"),
        ("  --x--  ", "x"),
        ("最终装配", "station"),
        ("a" * 40, "a" * 32),
        ("taken", "taken-2"),
    ],
)
def test_an_id_is_made_from_any_name(name: str, made: str) -> None:
    assert slug(name, {"taken"}, "station") == made
    assert is_name(made)


def test_an_id_that_is_taken_gets_a_number_also_where_it_is_long() -> None:
    taken = {"a" * 32, *(f"{'a' * 30}-{n}" for n in range(2, 10))}
    assert slug("a" * 40, taken) == f"{'a' * 29}-10"


def faults_said(**settings: object) -> dict[str, str]:
    row = {**PLAIN["loops"][0], **settings}
    weighed = weigh(None, with_row(PLAIN, "loops", row["id"], row))
    return {fault.where.partition(".")[2]: text_of(fault) for fault in weighed.faults}


def test_what_the_schema_says_is_said_in_the_words_of_people() -> None:
    assert faults_said(cards="x", batch=0, container_quantity=2_000_000, pulls="A b") == {
        "cards": "this is no number",
        "batch": "at least 1",
        "container_quantity": "at most 1000000",
        "pulls": "small letters a to z, digits and hyphens, at most 32",
    }
    assert faults_said(cards=1.5, kind="odd", rate_per_hour=0.0, supplier_item="") == {
        "cards": "this is no whole number",
        "kind": "'odd' is none of them",
        "rate_per_hour": "more than 0",
        "supplier_item": "at least 1 signs",
    }


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("shifts", {"id": "e", "name": "E", "days": ["mon"], "from": "6", "to": "14:00", "breaks": ["9"]},
         {"from": "write it such as 06:00", "breaks[0]": "write it such as 09:00-09:15"}),
        ("shifts", {"id": "e", "name": "E", "days": [], "from": "06:00", "to": "14:00"},
         {"days": "at least 1 of them"}),
        ("closed", {"date": "25.12.2026", "name": "C"}, {"date": "write a day such as 2026-12-25"}),
        ("stations", {"id": "s", "name": "", "position": [1.0]},
         {"name": "at least 1 signs", "position": "2 of them"}),
        ("stations", {"name": "x", "colour": 1}, {"id": "is missing", "colour": "there is no such setting"}),
    ],
)  # fmt: skip
def test_every_form_of_fault_has_words(table: str, row: dict[str, object], said: dict[str, str]) -> None:
    weighed = weigh(None, with_row(PLAIN, table, None, row))
    found = {fault.where.partition(".")[2]: text_of(fault) for fault in weighed.faults}
    assert {name: text for name, text in found.items() if name in said} == said


def test_faults_are_said_in_the_language_that_is_spoken() -> None:
    with speaking(LANGUAGE):
        assert all(text.startswith(FIRST) for text in faults_said(cards="x", batch=0, kind="odd").values())
        assert all(text.startswith(FIRST) for text in faults_said(batch=99, pulls="none").values())
