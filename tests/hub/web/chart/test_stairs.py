from kanban_hub.web.chart.picture import HEIGHT, WIDTH
from kanban_hub.web.chart.stairs import PLACES, Spell, Stair, staircase, thin


def test_two_lines_and_the_times_without_stock() -> None:
    made = staircase(
        ("replay", "Replay"), "", [Stair("control", "as it was", [(0, 4), (500, 2), (1000, 2)]),
                                    Stair("tried", "with 2 cards", [(0, 2), (500, 0), (1000, 0)])],
        [Spell(500, 1000, "none")],
    )  # fmt: skip
    assert made.lines[0].path == "M0.0 0.0L500.0 0.0L500.0 110.0L1000.0 110.0"
    assert made.lines[1].path.endswith(f"L500.0 {HEIGHT}L1000.0 {HEIGHT}")
    assert (made.bars[0].x, made.bars[0].width, made.bars[0].look) == (WIDTH / 2, WIDTH / 2, "out")
    assert [key.text for key in made.keys] == ["as it was", "with 2 cards"]
    assert made.table.rows[-1].cells == ("2", "0")


def test_what_runs_out_for_a_moment_is_still_seen_in_a_long_time() -> None:
    levels = [(n, 0 if n == 77_777 else 3) for n in range(100_000)]
    found = thin(levels, 99_999)
    assert len(found) <= 2 * PLACES + 2
    assert found[found.index((77_777, 0)) + 1][1] == 3


def test_a_line_of_one_moment_is_drawn() -> None:
    assert staircase(("a", "A"), "", [Stair("tried", "t", [(7, 1)])]).lines[0].path
