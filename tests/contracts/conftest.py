"""Every kind of store, for the suites that hold them together."""

from collections.abc import Callable, Iterator

import pytest

from kanban_hub.ports import Store
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import parse, url_of
from tests.fakes.store import InMemoryStore

MAKERS: dict[str, Callable[[pytest.FixtureRequest], Store]] = {
    "memory": lambda _: InMemoryStore(),
    "sqlite": lambda request: DatabaseStore(url_of(request.getfixturevalue("tmp_path"))),
    "postgresql": lambda request: DatabaseStore(parse(request.getfixturevalue("server").database())),
}


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    made = MAKERS[request.param](request)
    yield made
    made.close()
