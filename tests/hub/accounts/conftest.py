import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.accounts.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """The admin `root` and the supervisor `anna`."""
    made = Desk()
    made.add("root", AccountRole.ADMIN)
    made.add("anna")
    made.later(60)
    return made
