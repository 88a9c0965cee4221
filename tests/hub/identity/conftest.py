from pathlib import Path

import pytest
from click.testing import CliRunner

from kanban_hub.main import main
from tests.hub.identity.desk import Desk
from tests.hub.test_main import EXAMPLE


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The stations assembly, paint and packing, and a hub without an authority yet."""
    return Desk(tmp_path / "hub")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "plant.toml").write_text(EXAMPLE)
    found = tmp_path / "hub"
    loaded = CliRunner().invoke(main, ["load", str(tmp_path / "plant.toml"), "--data", str(found)])
    assert loaded.exit_code == 0
    return found
