"""Signed releases without a station's wheels: small, and made in a moment."""

from datetime import UTC, datetime
from pathlib import Path

from kanban_hub.releases.folder import sign, write_manifest
from kanban_hub.releases.signing import private_key
from tests.wheels import write_wheel

MADE = datetime(2026, 11, 1, tzinfo=UTC)


def signed(folder: Path, key: Path, number: int) -> Path:
    """A release of this number, signed with `key`, in a folder of its own below `folder`."""
    made = folder / f"release-{number}"
    made.mkdir(parents=True)
    write_wheel(made, "kanban_signal_station", f"0.{number}")
    write_manifest(made, number, f"0.{number}", 0, (MADE, 365))
    sign(made, private_key(key, None))
    return made
