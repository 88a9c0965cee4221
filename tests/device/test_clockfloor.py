from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner
from msgspec.structs import replace

from kanban_device import clockfloor, timekeeper
from kanban_device.clockfloor import BUILT_S, raised
from kanban_device.config import MqttTable, StationConfig
from kanban_device.errors import ClockError
from kanban_device.main import main
from tests.device.fakes import config_in
from tests.device.test_config import MINIMAL

PAST_S = 0.0
LATER_S = BUILT_S + 86_400.0


@pytest.fixture
def station(tmp_path: Path) -> StationConfig:
    (tmp_path / "data").mkdir()
    return config_in(tmp_path / "data")


class Wall:
    """A wall clock to be set."""

    def __init__(self, at_s: float) -> None:
        self.at_s = at_s

    def now_s(self) -> float:
        return self.at_s

    def set_s(self, at_s: float) -> None:
        self.at_s = at_s

    def raised(self, station: StationConfig) -> str:
        return raised(station, self.now_s, self.set_s)


def issued(folder: Path, at_s: float) -> str:
    """A certificate that is valid from `at_s` on."""
    at = datetime.fromtimestamp(at_s, UTC)
    authority = trustme.CA()
    leaf = authority.issue_cert("paint", not_before=at, not_after=at.replace(year=at.year + 1))
    file = folder / "station.crt"
    file.write_bytes(leaf.cert_chain_pems[0].bytes())
    return str(file)


def test_a_clock_that_shows_the_past_is_set_to_the_firmwares_year(station: StationConfig) -> None:
    wall = Wall(PAST_S)
    assert "1970-01-01 00:00:00Z, and was set to 2026-01-01 00:00:00Z" in wall.raised(station)
    assert wall.at_s == BUILT_S


def test_a_clock_is_never_set_back(station: StationConfig) -> None:
    wall = Wall(LATER_S)
    assert "it stays" in wall.raised(station)
    assert wall.at_s == LATER_S


def test_a_certificate_says_when_it_was_made(station: StationConfig, tmp_path: Path) -> None:
    certificate = issued(tmp_path, LATER_S)
    wall = Wall(PAST_S)
    wall.raised(replace(station, mqtt=MqttTable(url="mqtts://x", certificate=certificate, key="k")))
    assert wall.at_s == LATER_S


def test_what_the_station_was_given_when_it_joined_says_it_too(station: StationConfig) -> None:
    (station.data / "identity").mkdir()
    issued(station.data / "identity", LATER_S)
    wall = Wall(PAST_S)
    wall.raised(station)
    assert wall.at_s == LATER_S


def test_the_time_that_was_kept_counts(station: StationConfig) -> None:
    (station.data / timekeeper.FILE).write_text(str(int(LATER_S * 1000)))
    wall = Wall(PAST_S)
    wall.raised(station)
    assert wall.at_s == LATER_S


@pytest.mark.parametrize("content", ["", "soon", "-5", "9" * 99])
def test_what_is_no_time_and_no_certificate_says_nothing(
    station: StationConfig, tmp_path: Path, content: str
) -> None:
    (station.data / timekeeper.FILE).write_text(content)
    (tmp_path / "bad.crt").write_text(content)
    for name in ("bad.crt", "missing.crt"):
        wall = Wall(PAST_S)
        wall.raised(replace(station, mqtt=MqttTable(url="mqtts://x", ca=str(tmp_path / name))))
        assert wall.at_s == BUILT_S


def test_who_may_not_set_the_clock_is_told(station: StationConfig) -> None:
    def refuse(_at_s: float) -> None:
        raise PermissionError(1, "Operation not permitted")

    with pytest.raises(ClockError, match="CAP_SYS_TIME"):
        raised(station, lambda: PAST_S, refuse)


def test_the_command_reads_a_file_whose_hardware_is_faulty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "station.toml"
    path.write_text(MINIMAL.replace('"data"', f'"{tmp_path}"').replace("slot = 1", "slot = 99"))
    monkeypatch.setattr(clockfloor, "BUILT_S", 1.0)
    result = CliRunner().invoke(main, ["clock", "--config", str(path)])
    assert result.exit_code == 0, result.output
    assert "it stays" in result.output
