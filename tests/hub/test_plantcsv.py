"""Tables as spreadsheets save them."""

from typing import Any

import pytest

from kanban_hub import plantcsv, plantfile
from kanban_hub.cellvalue import number_of, value_of, whole_of
from kanban_hub.looptable import LoopTable
from kanban_hub.plantdraft import Tables, weigh
from kanban_hub.planttables import StationTable
from kanban_hub.setting import settings_of
from kanban_hub.web.sheetfile import lines
from tests.hub.bench import PLANT

TABLES = plantfile.tables_of(PLANT)
LOOPS = "id;item;supplier;consumer;container_quantity;cards;rate_per_hour;steps\n"


def rows(tables: Tables, table: str) -> dict[str, Any]:
    return {row["id"]: row for row in tables[table]}


def test_a_known_row_changes_in_the_columns_that_are_there_and_a_new_one_is_added() -> None:
    made = plantcsv.merged(TABLES, "stations", "id,name\npaint,Painting\npress,Press shop\n")
    assert made.faults == []
    found = rows(made.tables, "stations")
    assert found["paint"] == {**rows(TABLES, "stations")["paint"], "name": "Painting"}
    assert found["press"] == {"id": "press", "name": "Press shop"}
    assert found["castings-inc"]["external"] is True


def test_semicolons_a_bom_decimal_commas_and_empty_lines_are_read() -> None:
    text = "\ufeff" + LOOPS + '\r\n"new";bracket;paint;assembly;1.200;3;12,5;"accept, ship"\r\n;;;;;;;\r\n'
    made = plantcsv.merged(TABLES, "loops", plantcsv.text_of(text.encode()))
    new = rows(made.tables, "loops")["new"]
    assert (new["container_quantity"], new["rate_per_hour"], new["steps"]) == (1200, 12.5, ["accept", "ship"])
    assert weigh(None, made.tables).faults == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    raw = "id\tname\r\npaint\tLackiererei Süd\r\n".encode(encoding)
    made = plantcsv.merged(TABLES, "stations", plantcsv.text_of(raw))
    assert rows(made.tables, "stations")["paint"]["name"] == "Lackiererei Süd"


def test_every_fault_has_the_line_of_its_row_in_the_file() -> None:
    text = LOOPS + "one;bracket;paint;assembly;many;3;1;\n\ntwo;bracket;nowhere;assembly;5;0;1;\n"
    made = plantcsv.merged(TABLES, "loops", text)
    found = [(made.line_of(fault.where), fault.where) for fault in weigh(None, made.tables).faults]
    assert found == [(2, "loops[2].container_quantity")]
    fixed = plantcsv.merged(TABLES, "loops", text.replace("many", "5"))
    found = [(fixed.line_of(fault.where), fault.where) for fault in weigh(None, fixed.tables).faults]
    assert found == [(4, "loops[3].cards"), (4, "loops[3].supplier")]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ""),
        ("name\nPaint\n", "id"),
        ("id,nmae\npaint,x\n", "nmae"),
        ("id,name,name\npaint,x,y\n", "name"),
        ("id,name\npaint,a,b\n", ""),
        ("id,name\npaint,a\npaint,b\n", "id"),
        ('id,name\npaint,"' + "x" * 200_000, ""),
    ],
)
def test_what_is_no_such_table_is_told(text: str, where: str) -> None:
    assert [fault.where for fault in plantcsv.merged(TABLES, "stations", text).faults] == [where]


def test_rows_that_are_not_in_the_file_go_only_when_that_is_wanted() -> None:
    text = "id,name\npaint,Paint shop\n"
    assert len(plantcsv.merged(TABLES, "stations", text).tables["stations"]) == 3
    whole = plantcsv.merged(TABLES, "stations", text, is_whole=True)
    assert list(rows(whole.tables, "stations")) == ["paint"]


@pytest.mark.parametrize("table", plantcsv.TABLES)
def test_what_is_written_reads_as_the_same_table(table: str) -> None:
    text = "".join(lines(*plantcsv.written(TABLES, table)))
    again = plantcsv.merged(TABLES, table, text).tables
    found = weigh(None, again).plant
    assert found is not None
    assert vars(found) == vars(PLANT)


def test_a_text_that_a_spreadsheet_would_compute_comes_back_as_it_was() -> None:
    hostile: Tables = {"items": [{"id": "i", "name": "=1+1"}]}
    text = "".join(lines(*plantcsv.written(hostile, "items")))
    assert "'=1+1" in text
    assert plantcsv.merged({}, "items", text).tables == hostile


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), ("12,5", 12.5), ("12.5", 12.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1 000", 1000.0)],
)
def test_a_number_is_read_as_people_of_any_country_write_it(text: str, number: float) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("1.000", 1000), ("1,000", 1000), ("1'000'000", 1_000_000), ("20,0", 20)]
)
def test_three_digits_after_a_sign_are_thousands(text: str, number: int) -> None:
    assert whole_of(text) == number


@pytest.mark.parametrize("text", ["", "x", "1,5", "1e400", "nan", "1.00.0", "--1"])
def test_what_is_no_whole_number_stays_as_it_was_typed(text: str) -> None:
    assert whole_of(text) == text


def test_ticks_places_and_lists_are_read() -> None:
    of = {setting.name: setting for setting in (*settings_of(StationTable), *settings_of(LoopTable))}
    assert [value_of(of["external"], text) for text in ("Ja", "x", "nein", "maybe")] == [
        True, True, False, "maybe",
    ]  # fmt: skip
    assert value_of(of["position"], "620; 180,5") == [620.0, 180.5]
    assert value_of(of["shifts"], "early, late") == ["early", "late"]
