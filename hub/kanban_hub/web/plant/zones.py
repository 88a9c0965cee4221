"""The time zones to choose from."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> tuple[str, ...]:
    """All that the machine knows, by name; looked up once, because that reads some hundred files."""
    return tuple(sorted(available_timezones()))
