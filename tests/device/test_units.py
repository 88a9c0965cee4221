"""The units and settings of systemd, by systemd's own eyes and by what the firmware needs."""

from pathlib import Path

import pytest

from tests import systemd
from tests.systemd import settings

DEVICE = Path(__file__).parents[2] / "device"
UNITS = sorted(
    path for path in DEVICE.glob("kanban-station*.*") if path.suffix in (".service", ".path", ".timer")
)
SERVICES = [unit.name for unit in UNITS if unit.suffix == ".service"]
# Tenths of systemd's own measure, where 0 is a vault and 100 is open. The updater is root's.
WORST_EXPOSURE = {"kanban-station-update.service": 70}
USUAL_EXPOSURE = 25


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root directory as on a Pi, with our units and a program to start."""
    releases = (f"opt/kanban-station/{release}/bin/kanban-station" for release in ("current", "updater"))
    systemd.install(tmp_path, [*UNITS, *DEVICE.glob("*.service.d")], releases)
    return tmp_path


@pytest.mark.systemd
def test_systemd_takes_every_line_of_the_units(root: Path) -> None:
    assert systemd.verify(root, UNITS) == ""


@pytest.mark.systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_systemd_finds_a_service_closed(root: Path, unit: str) -> None:
    threshold = f"--threshold={WORST_EXPOSURE.get(unit, USUAL_EXPOSURE)}"
    systemd.analyze(root, "security", "--offline=true", threshold, f"/{systemd.UNITS / unit}")


@pytest.mark.systemd
def test_systemd_would_tell_of_a_line_that_it_does_not_know(root: Path) -> None:
    unit = root / systemd.UNITS / "kanban-station.service"
    unit.write_text(unit.read_text().replace("WatchdogSec=20", "WatchdogSeconds=20"))
    assert "WatchdogSeconds" in systemd.verify(root, [unit])


def test_the_service_never_gives_up_and_is_watched() -> None:
    unit = settings(DEVICE / "kanban-station.service")
    for key, value in {
        "Type": "notify",
        "Wants": "kanban-station-clock.service",
        "After": "kanban-station-clock.service",
        "WatchdogSec": "20",
        "Restart": "always",
        "RestartSec": "2",
        "StartLimitIntervalSec": "0",
    }.items():
        assert unit[key] == [value]


def test_lgpio_has_a_place_to_write() -> None:
    unit = settings(DEVICE / "kanban-station.service")
    assert "LG_WD=%t/kanban-station" in unit["Environment"]
    assert unit["RuntimeDirectory"] == ["kanban-station"]


def test_the_firmware_may_ask_whether_the_clock_is_kept_right() -> None:
    """ProtectClock would refuse adjtimex(2), and every stamp would say `held`."""
    unit = settings(DEVICE / "kanban-station.service")
    assert "ProtectClock" not in unit
    assert unit["SystemCallFilter"][-1] == "adjtimex clock_adjtime"


def test_every_kind_of_device_that_a_module_brings_is_loaded_before_the_service() -> None:
    allowed = [line.split()[0] for line in settings(DEVICE / "kanban-station.service")["DeviceAllow"]]
    modules = (DEVICE / "system/etc/modules-load.d/kanban-station.conf").read_text().split()
    for device, module in {
        "char-ttyACM": "cdc_acm",
        "char-ttyUSB": "usbserial",
        "char-i2c": "i2c-dev",
    }.items():
        assert device in allowed
        assert module in modules


def test_the_board_has_a_watchdog_and_the_log_stays_in_memory() -> None:
    etc = DEVICE / "system/etc/systemd"
    assert settings(etc / "system.conf.d/kanban-station.conf") == {"RuntimeWatchdogSec": ["14"]}
    journal = settings(etc / "journald.conf.d/kanban-station.conf")
    assert journal == {"Storage": ["volatile"], "RuntimeMaxUse": ["16M"]}


def test_what_the_service_keeps_and_runs_lies_on_the_data_partition() -> None:
    lines = [
        line.split() for line in (DEVICE / "read-only/fstab").read_text().splitlines() if line[:1] != "#"
    ]
    (needed,) = settings(DEVICE / "kanban-station.service")["RequiresMountsFor"]
    assert [line[1] for line in lines] == ["/data", *needed.split()]
    (options,) = [line[3].split(",") for line in lines if line[0] == "LABEL=KANBAN-DATA"]
    assert {"data=ordered", "commit=5", "errors=remount-ro"} <= set(options)
