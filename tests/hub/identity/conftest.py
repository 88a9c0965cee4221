from pathlib import Path

import pytest

from tests.hub.identity.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The stations assembly, paint and packing, and a hub without an authority yet."""
    return Desk(tmp_path / "hub")
