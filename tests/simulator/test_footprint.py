from pathlib import Path

from kanban_simulator.footprint import Figure, measure


def test_the_station_is_measured_beside_an_empty_python_and_one_with_gpiozero(tmp_path: Path) -> None:
    footprint = measure(tmp_path, runs=1, idle_s=0.1)

    *beside, idle = footprint.figures
    assert [figure.name for figure in beside] == ["memory", "start", "start, CPU"]
    assert all(figure.station > (figure.empty or 0) > 0 for figure in beside)
    assert all(figure.gpiozero for figure in beside)
    assert (idle.name, idle.gpiozero) == ("idle, CPU", None)
    assert 0 <= idle.station < 100
    assert 0 <= (idle.empty or 0) < 100
    assert str(footprint).count("\n") == 5


def test_a_figure_says_whether_its_bound_is_kept() -> None:
    row = " ".join(str(Figure("memory", "MB", 35.4, 40.0, 8.85, 17.7)).split())
    assert row == "memory 35.4 MB 8.85 MB ( 4.0 x) 17.7 MB ( 2.0 x) at most 40.0 MB: kept"
    assert str(Figure("idle, CPU", "%", 1.2, 1.0)).endswith("at most 1.00 %: missed")
