from pathlib import Path

import pytest

from kanban_hub.releases.signing import make_key
from tests.wheels import write_wheel


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """What a station needs, as wheels."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    write_wheel(folder, "kanban_signal_station", "0.3.0")
    write_wheel(folder, "click", "8.1")
    write_wheel(folder, "msgspec", "0.22", tag="cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64")
    write_wheel(folder, "msgspec", "0.22", tag="cp313-cp313-manylinux_2_17_aarch64.manylinux2014_aarch64")
    write_wheel(folder, "cryptography", "50", tag="cp311-abi3-manylinux_2_34_aarch64")
    write_wheel(folder, "pyserial", "3.5", tag="py2.py3-none-any")
    return folder


@pytest.fixture
def key_files(tmp_path: Path) -> tuple[Path, Path]:
    """The private and the public key."""
    return make_key(tmp_path / "key", None)
