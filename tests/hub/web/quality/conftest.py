import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import Person, account
from tests.hub.web.quality.floor import PLANT_OF_QUALITY
from tests.hub.web.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    site.load(PLANT_OF_QUALITY)
    return site


@pytest.fixture
def judge(site: Site) -> Person:
    """Somebody who answers calls and decides about containers."""
    return account(site, "quinn", AccountRole.QUALITY)
