from kanban_hub.web.chart.areas import Sample, areas, stairs
from kanban_hub.web.chart.picture import HEIGHT

KINDS = {"full": "full", "requested": "requested", "done": "done"}
SAMPLES = [
    Sample(0, {"full": 4}),
    Sample(500, {"full": 3, "requested": 1}),
    Sample(1000, {"full": 2, "requested": 2}),
]


def test_bands_stand_upon_each_other_and_hold_their_height_until_the_next_sample() -> None:
    made = areas(("flow", "Flow"), "", KINDS, SAMPLES)
    full, requested = made.areas
    assert full.path.startswith("M0.0 0.0L500.0 0.0L500.0 55.0L1000.0 55.0L1000.0 110.0L")
    assert requested.path.endswith("L0.0 0.0Z")
    assert f"1000.0 {HEIGHT}" in full.path


def test_a_kind_that_never_was_has_no_band_and_the_key_is_read_from_the_top() -> None:
    made = areas(("flow", "Flow"), "", KINDS, SAMPLES)
    assert [key.look for key in made.keys] == ["requested", "full"]
    assert made.table.columns == ("Time", "full", "requested")
    assert [row.cells for row in made.table.rows] == [("4", "0"), ("3", "1"), ("2", "2")]


def test_a_stair_goes_level_and_then_up_or_down() -> None:
    assert stairs([0, 1, 2], [5, 5, 3]) == [(0, 5), (2, 5), (2, 3)]


def test_the_table_of_a_long_time_is_short_and_ends_with_now() -> None:
    made = areas(("flow", "Flow"), "", KINDS, [Sample(n, {"full": n}) for n in range(1, 200)])
    assert len(made.table.rows) <= 18
    assert made.table.rows[-1].cells == ("199",)
