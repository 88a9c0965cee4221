from kanban_hub.plantdiff import Became, RowChange, SettingChange, difference

A, B = {"id": "a", "name": "A"}, {"id": "b", "name": "B"}
PLANT = {"site": "plant", "timezone": "UTC", "stations": [A, B]}


def test_the_same_tables_have_no_difference() -> None:
    assert difference(PLANT, dict(PLANT)) == []


def test_rows_are_told_apart_by_their_key_and_settings_by_their_name() -> None:
    after = PLANT | {
        "stations": [{"id": "a", "name": "Assembly", "external": True}, {"id": "c", "name": "C"}]
    }
    assert difference(PLANT, after) == [
        RowChange(
            "stations",
            "a",
            Became.CHANGED,
            (SettingChange("name", "A", "Assembly"), SettingChange("external", None, True)),
        ),
        RowChange(
            "stations", "c", Became.ADDED, (SettingChange("id", None, "c"), SettingChange("name", None, "C"))
        ),
        RowChange(
            "stations",
            "b",
            Became.REMOVED,
            (SettingChange("id", "b", None), SettingChange("name", "B", None)),
        ),
    ]


def test_another_order_of_the_same_rows_is_one_change() -> None:
    assert difference(PLANT, PLANT | {"stations": [B, A]}) == [RowChange("stations", "", Became.MOVED)]


def test_a_row_that_comes_between_moves_no_other() -> None:
    between = PLANT | {"stations": [A, {"id": "c", "name": "C"}, B]}
    assert [row.became for row in difference(PLANT, between)] == [Became.ADDED]


def test_what_stands_above_all_tables_is_one_row() -> None:
    berlin = SettingChange("timezone", "UTC", "Europe/Berlin")
    assert difference(PLANT, PLANT | {"timezone": "Europe/Berlin"}) == [
        RowChange("plant", "plant", Became.CHANGED, (berlin,))
    ]


def test_a_button_a_day_and_a_level_have_keys_too() -> None:
    tables = {
        "slots": [{"station": "a", "slot": 1, "loop": "l"}],
        "closed": [{"date": "2026-12-25", "name": "Christmas"}],
        "escalation": [{"level": 1}, {"level": 1, "kinds": ["quality", "help"]}],
    }
    assert [row.key for row in difference({}, tables)] == ["a.1", "2026-12-25", "1", "1-quality-help"]


def test_a_table_that_is_there_once_is_told_by_its_own_name() -> None:
    scale = SettingChange("metres_per_unit", None, 0.5)
    assert difference(PLANT, PLANT | {"floor_map": {"metres_per_unit": 0.5}}) == [
        RowChange("floor_map", "floor_map", Became.ADDED, (scale,))
    ]
