import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import Person, account
from tests.hub.web.site import Site


@pytest.fixture
def root(site: Site) -> Person:
    """The admin, logged in."""
    return account(site, "root", AccountRole.ADMIN)


@pytest.fixture
def guest(site: Site) -> Person:
    return Person(site)
