"""One image and one card for all; a floor for each file, since a boot is dear and each file has its board."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.board import card as cards
from tests.board import image as images
from tests.board.card import Card
from tests.board.floor import Floor
from tests.board.image import Image

HERE = Path(__file__).parent
# What shares a board keeps one worker for all its time; the longest goes first, so that none is left alone.
LONGEST_FIRST = (
    *("test_update", "test_service", "test_station", "test_check"),
    *("test_boot", "test_joining", "test_powercut"),
)


class ByBoard(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives the tests of one board to one worker: those of a file, or of a folder in this one."""

    def _split_scope(self, nodeid: str) -> str:
        path = Path(nodeid.partition("::")[0])
        return str(path if path.parent.name == HERE.name else path.parent)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByBoard | None:
    return ByBoard(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, -1) if item.path.is_relative_to(HERE) else -1)


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
