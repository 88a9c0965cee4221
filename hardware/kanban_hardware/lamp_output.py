"""The port to lamps that are driven by pattern and not by level: what the panel needs of them."""

from collections.abc import Mapping
from typing import Protocol

from kanban_hardware.pattern import Pattern


class LampOutput(Protocol):
    """Some of a station's lamps. Any thread may call; all but `close` return at once."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The lamps that it has, by part."""
        ...

    @property
    def failing(self) -> list[str]:
        """Those of them that do not take what they are told."""
        ...

    def open(self) -> None:
        """Start. A lamp that cannot be reached is no error: it is failing until it answers."""

    def close(self) -> None:
        """Put the lamps out and stop."""

    def show(self, patterns: Mapping[str, Pattern]) -> None:
        """Take the whole state; a lamp that is not named goes off."""

    def shown(self) -> dict[str, Pattern]:
        """What the lamps really show, as far as they tell."""
        ...
