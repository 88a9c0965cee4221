"""One image and one card for all; a floor and a board for each file, since a boot is dear."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.board import card as cards
from tests.board import image as images
from tests.board.board import Board
from tests.board.card import STATION_FILE, Card
from tests.board.floor import Floor
from tests.board.image import Image
from tests.board.machine import Setting

# A file keeps one worker for all its time; the longest goes first, so that none is left alone at the end.
LONGEST_FIRST = ("test_service", "test_trial", "test_boot", "test_station", "test_powercut")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    names = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: names.get(item.path.stem, -1) if item.path.parent == here else -1)


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


@pytest.fixture(scope="module")
def board(image: Image, card: Card, floor: Floor, folder: Path) -> Iterator[Board]:
    """A station in service: its lamps show what the hub wants."""
    disk = card.copy(folder / "data.ext4", {STATION_FILE: floor.station_file})
    with Board(image, Setting(disk)) as made:
        made.wait(floor.is_followed, "the hub to see the station", 180.0)
        yield made
