import pytest

from tests.hub.domain.shopfloor import Shopfloor


@pytest.fixture
def shop() -> Shopfloor:
    """One loop, four full containers at the consumer."""
    return Shopfloor()
