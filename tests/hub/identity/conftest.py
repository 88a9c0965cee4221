import pytest

from tests.hub.identity.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """The stations assembly, paint and packing, at noon."""
    return Desk()
