from collections.abc import Iterator
from pathlib import Path

import pytest

from kanban_hub.accounts.account import AccountRole
from tests.hub.web.account.person import Person, account
from tests.hub.web.plant.planner import Planner
from tests.hub.web.site import Site


@pytest.fixture
def root(site: Site) -> Person:
    """The admin, logged in."""
    return account(site, "root", AccountRole.ADMIN)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """A hub without a plant."""
    folder = tmp_path / "empty"
    folder.mkdir()
    made = Site(folder)
    yield made
    made.store.close()


@pytest.fixture
def planner_of_empty(empty: Site) -> Planner:
    return Planner(account(empty, "root", AccountRole.ADMIN))
