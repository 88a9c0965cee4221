"""Where releases lie: each in a folder of its own, and links to the one that runs."""

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/opt/kanban-station")
RELEASES = "releases"


@dataclass(frozen=True)
class Layout:
    """The places below `root`, all of which root alone may write."""

    root: Path = ROOT

    def release(self, number: int) -> Path:
        """A virtual environment. It cannot be moved, so it is made where it stays."""
        return self.root / RELEASES / str(number)

    def mark(self, number: int) -> Path:
        """There since the release was installed whole; without it the folder is rubbish."""
        return self.release(number) / "whole"

    def incoming(self, number: int) -> Path:
        """What was fetched of a release."""
        return self.root / "incoming" / str(number)

    @property
    def current(self) -> Path:
        """The link to the release that the service starts."""
        return self.root / "current"

    @property
    def previous(self) -> Path:
        """The link to the one before."""
        return self.root / "previous"

    @property
    def updater(self) -> Path:
        """The link to the release that has proved itself last: its updater judges the new one."""
        return self.root / "updater"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def report(self) -> Path:
        """What the station reads and tells the hub."""
        return self.root / "report.json"

    @property
    def trial(self) -> Path:
        """There while a release is on trial, so that systemd need not read the state."""
        return self.root / "trial"

    def installed(self) -> list[int]:
        """The numbers of the folders that there are, whole or not."""
        folder = self.root / RELEASES
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())


def running_release(prefix: str = sys.prefix) -> tuple[int, Path] | None:
    """(number, root) of the release that this program itself runs from; None where none was installed."""
    place = Path(prefix)
    if place.parent.name != RELEASES or not (place.name.isascii() and place.name.isdigit()):
        return None
    return int(place.name), place.parent.parent
