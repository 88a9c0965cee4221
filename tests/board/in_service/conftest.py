"""One floor and one board for both files here: a boot is dear, and neither is in the other's way."""

from collections.abc import Iterator

import pytest

from tests.board.board import BOOT_WITHIN_S, Board
from tests.board.card import STATION_FILE, Card
from tests.board.floor import Floor
from tests.board.image import Image
from tests.board.machine import Setting


@pytest.fixture(scope="package")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    with Floor(tmp_path_factory.mktemp("floor")) as made:
        yield made


@pytest.fixture(scope="package")
def board(
    image: Image, card: Card, floor: Floor, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Board]:
    """A station in service: its lamps show what the hub wants."""
    disk = card.copy(tmp_path_factory.mktemp("board") / "data.ext4", {STATION_FILE: floor.station_file})
    with Board(image, Setting(disk)) as made:
        made.wait(floor.is_followed, "the hub to see the station", BOOT_WITHIN_S)
        yield made
