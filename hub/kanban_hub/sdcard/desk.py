"""Where cards are written: the hub's data at hand, and a card's boot partition as a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kanban_hub.domain.floor import Floor
from kanban_hub.errors import NotLoadedError
from kanban_hub.identity.authority import Authority
from kanban_hub.identity.codes import Codes
from kanban_hub.releases.shelf import Shelf
from kanban_hub.sdcard import bootfolder, memory
from kanban_hub.sdcard.bundle import Bundle, bundle, shelved
from kanban_hub.sdcard.card import files
from kanban_hub.sdcard.errors import CardError
from kanban_hub.sdcard.making import Maker
from kanban_hub.sdcard.options import Given, request_of
from kanban_hub.sdcard.request import Request
from kanban_hub.store.database import DatabaseStore


@dataclass(frozen=True)
class Written:
    """A card that lies on its partition. `kept` are files that were there before, under their new names."""

    request: Request
    release: int
    good_until_ms: int
    kept: tuple[Path, ...]


@dataclass(frozen=True)
class Desk:
    """`data` is the hub's data directory."""

    store: DatabaseStore
    data: Path
    now_ms: Callable[[], int]

    def check_new(self, station: str) -> None:
        """Raise `CardError` for a station that has a Pi: its certificate would be revoked by a second one."""
        with self.store.identities(writes=False) as book:
            known = book.certificates(station)
        if any(one.is_good(self.now_ms()) for one in known):
            way = f"`kanban-hub station replace {station}` makes a card for another one in its place"
            raise CardError([f"station {station} has a Pi that has joined: {way}"])

    def write(self, station: str, given: Given) -> Written:
        """Look at everything, then write. Raises `CardError` with every fault, and `OSError`."""
        folder: Path = given["folder"]
        floor = self._floor()
        request = request_of(station, given, memory.recall(self.data, station), floor.plant)
        release, faults = _release(self.data, given)
        faults = [*bootfolder.faults(folder), *request.faults(floor), *faults]
        if faults or release is None:
            raise CardError(faults)
        codes = Codes(self.store, self.now_ms)
        maker = Maker(self.data, codes, lambda: Authority.open(self.data, self.now_ms()), self.now_ms)
        card, issued = maker.make(request, floor, release, given["days"])
        kept = bootfolder.write(folder, files(card), card.machine)
        return Written(request, release.number, issued.code.expires_ms, tuple(kept))

    def _floor(self) -> Floor:
        with self.store.view() as view:
            if view.plant() is None:
                raise NotLoadedError
            return view.floor()


def _release(data: Path, given: Given) -> tuple[Bundle | None, list[str]]:
    """The release that is named, or why it cannot be used."""
    shelf, named = Shelf(data), given["release"] or ""
    try:
        if not named or named.isdecimal():
            return shelved(shelf, int(named) if named else None), []
        return bundle(Path(named), given["release_key"] or shelf.key_file), []
    except CardError as error:
        return None, list(error.faults)
