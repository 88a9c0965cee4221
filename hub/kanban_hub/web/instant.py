"""Times as people and programs outside read them."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True, description="RFC 3339 in UTC, by the hub's steady clock.")]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(at_ms: int) -> datetime:
    """Exact to the millisecond; a division as float would not be."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def milliseconds(at: datetime) -> int:
    """The other way; what is finer than a millisecond is cut off."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def instant_or_none(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else instant(at_ms)


def ms(at: datetime) -> int:
    """The milliseconds of an instant, rounded down."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
