"""A seeded hub for every test of the web."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.hub.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.load()
    yield made
    made.store.close()


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.client()
