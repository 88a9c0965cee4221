import hashlib
import tomllib
from pathlib import Path

import kanban_hub.web

VENDOR = Path(kanban_hub.web.__file__).parent / "static" / "vendor"


def test_what_others_made_is_here_as_they_made_it() -> None:
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text())["packages"]

    for package in packages:
        folder = VENDOR / package["folder"]
        hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        assert hashes == package["sha256"]
        assert "LICENSE" in hashes


def test_nothing_of_others_is_here_unnamed() -> None:
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text())["packages"]

    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    assert folders == {package["folder"] for package in packages}
