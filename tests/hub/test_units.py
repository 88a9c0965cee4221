"""The hub's units of systemd, by systemd's own eyes and by what the hub writes for the broker."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_hub.identity.broker import INSTALLED
from kanban_hub.main import main
from tests import systemd
from tests.systemd import settings

HUB = Path(__file__).parents[2] / "hub"
UNITS = sorted(HUB.glob("kanban-hub*.*"))
SERVICE = HUB / "kanban-hub.service"
DATA = Path("/var/lib") / settings(SERVICE)["StateDirectory"][0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    programs = ("opt/kanban-hub/bin/kanban-hub", "usr/bin/install", "usr/bin/systemctl")
    systemd.install(tmp_path, UNITS, programs)
    return tmp_path


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """What `kanban-hub broker` has written for Mosquitto."""
    data, plant = tmp_path / "data", HUB / "plant.example.toml"
    for command in (["load", str(plant)], ["broker", "hub.local"]):
        done = CliRunner().invoke(main, [*command, "--data", str(data)])
        assert done.exit_code == 0, done.output
    return data / "identity" / "broker"


@pytest.mark.systemd
def test_systemd_takes_every_line_of_the_units(root: Path) -> None:
    assert systemd.verify(root, UNITS) == ""


def test_what_is_watched_is_written_by_the_hub_and_brings_all_that_mosquitto_is_told_to_read(
    written: Path,
) -> None:
    (watched,) = settings(HUB / "kanban-hub-broker.path")["PathChanged"]
    install, reload = map(shlex.split, settings(HUB / "kanban-hub-broker.service")["ExecStart"])
    place, copied = (
        install[install.index("-t") + 1],
        [Path(word) for word in install[install.index("-t") + 2 :]],
    )

    assert Path(watched) in copied
    assert {path.parent for path in copied} == {DATA / "identity" / "broker"}
    assert {path.name for path in copied} <= {path.name for path in written.iterdir()}
    assert place == INSTALLED
    read = {Path(word) for word in (written / "kanban.conf").read_text().split() if word.startswith(place)}
    changing = {path for path in read if path.suffix != ".acl"}
    assert changing == {Path(place) / path.name for path in copied}
    assert reload[1:] == ["reload", "mosquitto.service"]
