from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kanban_hub import plantfile
from kanban_simulator.loopback import bind, port_of
from kanban_simulator.main import main

STATION = """
[station]
id = "assembly"
site = "plant"
data = "{data}"

[mqtt]
url = "mqtt://127.0.0.1:1883"

[hardware]
pins = "mock"

[[hardware.slots]]
slot = 1
button = 17
lamp = 22
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    "address", ["8080", "localhost", "localhost:", ":80", "localhost:http", "localhost:70000"]
)
def test_an_address_that_is_none_is_wrong_use(address: str) -> None:
    for command in (("demo", "--http"), ("station", "--config", "x.toml", "--panel")):
        result = run(*command, address)
        assert result.exit_code == 2
        assert "write HOST:PORT" in result.output


def test_a_broker_s_address_that_is_none_is_wrong_use() -> None:
    result = run("load", "--mqtt", "localhost")

    assert result.exit_code == 2
    assert "mqtt://HOST:PORT" in result.output


def test_a_station_s_file_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(STATION.format(data=tmp_path).replace("slot = 1", "slot = 9").replace("id =", "name ="))

    result = run("station", "--config", str(path))

    assert result.exit_code == 2
    assert "station.name" in result.output
    assert "station.id" in result.output


def test_a_panel_s_address_that_is_taken_is_named(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(STATION.format(data=tmp_path))
    with bind() as taken:
        taken.listen()
        address = f"127.0.0.1:{port_of(taken)}"
        result = run("station", "--config", str(path), "--panel", address)

    assert result.exit_code == 1
    assert address in result.output
    assert "name another HOST:PORT" in result.output


def test_a_station_that_wants_tls_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_text(STATION.format(data=tmp_path).replace("mqtt://", "mqtts://"))

    result = run("station", "--config", str(path))

    assert result.exit_code == 2
    assert "mqtt.url" in result.output


def test_the_plant_of_the_load_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "plant.toml"
    path.write_text(run("load-plant", "--stations", "3").stdout)

    assert len(plantfile.load(path).loops) == 3
