"""What stands in the way of a change of the plant: all at once, and as data that any language can say."""

from dataclasses import dataclass
from enum import StrEnum


class Hurdle(StrEnum):
    SITE = "site"  # one hub serves one site
    CIRCUIT = "circuit"  # a loop keeps item, supplier and consumer for life
    MEANING = "meaning"  # the loop's cards would stand for something else
    ASKED = "asked"  # the loop would end while containers of it are asked for


@dataclass(frozen=True)
class Obstacle:
    """`setting` is that of the loop, or of the site, which cannot be so.

    Of a loop that would end, `cards` are to go and only `full` of them can.
    """

    hurdle: Hurdle
    loop: str | None = None
    setting: str | None = None
    known: str = ""
    wanted: str = ""
    cards: int = 0
    full: int = 0
