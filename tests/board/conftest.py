"""One image and one card for all; a floor for each file, since a boot is dear and each file has its board."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.board import card as cards
from tests.board import image as images
from tests.board.card import Card
from tests.board.floor import Floor
from tests.board.image import Image

# What shares a board keeps one worker for all its time; the longest goes first, so that none is left alone.
LONGEST_FIRST = ("test_update", "test_service", "test_station", "test_check", "test_boot", "test_powercut")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    ours = [item for item in items if item.path.is_relative_to(here)]
    for item in ours:
        group = item.path.stem if item.path.parent == here else item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(group))
    ours.sort(key=lambda item: places.get(item.path.stem, len(places)))
    others = [item for item in items if not item.path.is_relative_to(here)]
    items[:] = [*ours, *others]


@pytest.fixture(scope="session")
def image() -> Image:
    return images.image()


@pytest.fixture(scope="session")
def card(image: Image) -> Card:
    return cards.card(image)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("board")


@pytest.fixture(scope="module")
def floor(folder: Path) -> Iterator[Floor]:
    with Floor(folder) as made:
        yield made
