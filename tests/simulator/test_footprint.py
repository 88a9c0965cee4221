from pathlib import Path

from kanban_simulator.footprint import measure


def test_the_firmware_costs_more_than_nothing_and_is_measured_beside_it(tmp_path: Path) -> None:
    footprint = measure(tmp_path, runs=1)

    assert [cost.name for cost in footprint.costs] == ["memory", "import", "ready"]
    assert all(cost.ours > cost.bare > 0 for cost in footprint.costs)
    assert str(footprint).count("\n") == 3
