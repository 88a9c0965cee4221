import base64
import csv
import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from kanban_hub.releases import stationwheel
from kanban_hub.releases.errors import CollectError
from tests.wheels import write_wheel

MODULES = {
    "kanban_device/main.py": "main = print\n",
    "kanban_protocol/ids.py": "",
    "kanban_hub/main.py": "main = print\n",
    "kanban_hub/web/static/board.css": "",
    "kanban_simulator/main.py": "main = print\n",
}
SCRIPTS = {
    "kanban-hub": "kanban_hub.main:main",
    "kanban-station": "kanban_device.main:main",
    "kanban-sim": "kanban_simulator.main:main",
}


def test_a_stations_wheel_has_no_hub_and_no_simulator_and_its_list_is_true(tmp_path: Path) -> None:
    whole = write_wheel(tmp_path, "kanban_signal_station", "0.3.0", modules=MODULES, scripts=SCRIPTS)
    (tmp_path / "release").mkdir()

    made = stationwheel.write(whole, tmp_path / "release")

    assert made.name == whole.name
    with ZipFile(made) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    info = "kanban_signal_station-0.3.0.dist-info"
    assert {name for name in contents if not name.startswith(info)} == {
        "kanban_device/main.py",
        "kanban_protocol/ids.py",
    }
    assert (
        contents[f"{info}/entry_points.txt"]
        == b"[console_scripts]\nkanban-station = kanban_device.main:main\n"
    )
    rows = list(csv.reader(contents[f"{info}/RECORD"].decode().splitlines()))
    assert {name for name, _, _ in rows} == set(contents)
    for name, digest, size in rows:
        if name != f"{info}/RECORD":
            told = base64.urlsafe_b64decode(digest.removeprefix("sha256=") + "=")
            assert (told, int(size)) == (hashlib.sha256(contents[name]).digest(), len(contents[name]))


def test_the_wheel_of_another_project_is_told_in_words(tmp_path: Path) -> None:
    strange = write_wheel(tmp_path, "click", "8.1")
    (tmp_path / "release").mkdir()

    with pytest.raises(CollectError, match="no program kanban-station"):
        stationwheel.write(strange, tmp_path / "release")
