"""The forms of the ids that cross MQTT. Lower case only: two ids never differ by case alone."""

import re
from typing import Annotated

from msgspec import Meta

# Python's `$` also matches before a final line feed; JSON Schema's does not. This end means the same to both.
END = r"$(?!\n)"
NAME_PATTERN = r"^[a-z0-9-]{1,32}" + END
CARD_PATTERN = r"^[a-z0-9-]{1,32}-[0-9]{4,6}" + END
EPOCH_PATTERN = r"^[0-9a-f]{16}" + END
BOOT_PATTERN = r"^[0-9a-f]{8}" + END
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}" + END

SiteId = Annotated[str, Meta(pattern=NAME_PATTERN, description="A site, as every id `[a-z0-9-]{1,32}`.")]
StationId = Annotated[str, Meta(pattern=NAME_PATTERN, description="A station.")]
LoopId = Annotated[str, Meta(pattern=NAME_PATTERN, description="A kanban loop.")]
CardId = Annotated[str, Meta(pattern=CARD_PATTERN, description="A card: its loop and a number.")]
Epoch = Annotated[str, Meta(pattern=EPOCH_PATTERN, description="64 random bits, made with a store's file.")]
Boot = Annotated[str, Meta(pattern=BOOT_PATTERN, description="The first 8 hex digits of the boot id.")]
SignalId = Annotated[str, Meta(pattern=UUID_PATTERN, description="A UUID in its canonical lower-case form.")]

ID_PATTERNS = frozenset({NAME_PATTERN, CARD_PATTERN, EPOCH_PATTERN, BOOT_PATTERN, UUID_PATTERN})

_NAME = re.compile(r"[a-z0-9-]{1,32}")


def is_name(text: str) -> bool:
    """Whether `text` may be a site, station, item or loop id."""
    return _NAME.fullmatch(text) is not None
