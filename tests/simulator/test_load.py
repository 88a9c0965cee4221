from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban_hub import plantfile
from kanban_hub.domain.plant import Side
from kanban_protocol.endpoint import Endpoint
from kanban_simulator.broker import Broker
from kanban_simulator.errors import ProcessError
from kanban_simulator.load import LoadSettings, load_plant, plant_file, run_load, schedule


@given(st.floats(0.5, 100), st.floats(0.1, 60), st.integers())
def test_the_times_of_the_presses_rise_and_end_in_time(rate: float, seconds: float, seed: int) -> None:
    times = list(schedule(rate, seconds, Random(seed)))

    assert times == sorted(times)
    assert all(0 <= at_s < seconds for at_s in times)


def test_there_are_as_many_presses_as_the_rate_says() -> None:
    assert len(list(schedule(20, 1_000, Random(1)))) == pytest.approx(20_000, rel=0.05)


@pytest.mark.parametrize("stations", [2, 10, 200])
def test_every_station_of_the_ring_is_a_supplier_and_a_consumer_once(tmp_path: Path, stations: int) -> None:
    (tmp_path / "plant.toml").write_text(plant_file(stations))
    plant = plantfile.load(tmp_path / "plant.toml")

    assert plant.loops == load_plant(stations).loops
    for station in plant.stations:
        sides = {loop.side_of(station) for loop in plant.loops_at(station)}
        assert sides == {Side.SUPPLIER, Side.CONSUMER}


def test_a_short_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    figures = run_load(LoadSettings(tmp_path, stations=4, rate=20, seconds=2, seed=1))

    assert figures.sent > 10
    assert figures.accepted + figures.already == figures.sent
    assert (figures.lost, figures.unlit, figures.doubled, figures.refused) == (0, 0, 0, 0)
    assert 0 < figures.p50_ms <= figures.p99_ms <= figures.most_ms


def test_without_a_hub_the_first_silent_station_is_named(
    tmp_path: Path, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanban_simulator.load.READY_S", 0.2)
    settings = LoadSettings(tmp_path, 2, 1, 1, 1, Endpoint.parse(broker.url))

    with pytest.raises(ProcessError, match="station-1 told no lamps"):
        run_load(settings)
