"""Every setting of the plant's file is told to people, with its unit, bounds and default."""

import pytest
from msgspec import Struct

from kanban_hub.calendartable import ClosedTable, ShiftTable
from kanban_hub.escalationtable import EscalationTable
from kanban_hub.floormaptable import FloorMapTable
from kanban_hub.linetable import LineTable
from kanban_hub.looptable import LoopTable
from kanban_hub.planttables import ItemTable, SlotTable, StationTable
from kanban_hub.reasontable import ReasonTable
from kanban_hub.setting import Kind, settings_of

TABLES = (
    StationTable, ItemTable, LoopTable, SlotTable, LineTable, ReasonTable, ShiftTable, ClosedTable,
    EscalationTable, FloorMapTable,
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_each_setting_has_a_title_and_says_what_it_is_for(table: type[Struct]) -> None:
    for setting in settings_of(table):
        assert setting.title != setting.name, setting.name
        assert setting.said.endswith("."), setting.name


@pytest.mark.parametrize("table", TABLES)
def test_a_time_has_its_unit(table: type[Struct]) -> None:
    for setting in settings_of(table):
        assert (setting.unit == "s") == setting.name.endswith("_s"), setting.name


def test_how_a_setting_is_typed_in_follows_from_its_type() -> None:
    kinds = {one.name: one.kind for table in TABLES for one in settings_of(table)}
    assert kinds["name"] is Kind.TEXT
    assert kinds["position"] is Kind.PLACE
    assert kinds["external"] is Kind.SWITCH
    assert kinds["shifts"] is kinds["steps"] is kinds["days"] is Kind.CHOICES
    assert kinds["tell"] is kinds["breaks"] is Kind.WORDS
    assert kinds["item"] is kinds["kind"] is Kind.CHOICE
    assert kinds["cards"] is kinds["takt_s"] is Kind.WHOLE
    assert kinds["rate_per_hour"] is kinds["cycle_time_s"] is Kind.NUMBER
    assert kinds["date"] is Kind.DAY


def test_bounds_defaults_and_closed_lists_come_from_the_type() -> None:
    of = {setting.name: setting for setting in settings_of(LoopTable)}
    assert (of["cards"].least, of["cards"].most, of["cards"].is_required) == (0, 1_000, True)
    assert (of["batch"].default, of["batch"].is_required) == (1, False)
    assert of["steps"].choices == ("accept", "start", "finish", "ship")
    assert of["supplier"].of == "stations"
    assert of["supplier_item"].most == 80
