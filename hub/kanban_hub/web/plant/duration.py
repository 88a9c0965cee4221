"""Times in fields and tables: a number and its unit, as large as it goes without a fraction."""

from kanban_hub.language import N_, _

# From the largest; each by the letters that are typed and shown.
UNITS: dict[str, tuple[int, str]] = {
    "d": (86_400, N_("days")),
    "h": (3_600, N_("hours")),
    "min": (60, N_("minutes")),
    "s": (1, N_("seconds")),
}


def split(seconds: float) -> tuple[str, str]:
    """The number and the unit that show `seconds`; of nothing it is `0` seconds."""
    for unit, (size, _word) in UNITS.items():
        if seconds and seconds % size == 0:
            return f"{seconds / size:g}", unit
    return f"{seconds:g}", "s"


def joined(number: float, unit: str) -> float:
    """So many seconds."""
    return number * UNITS[unit][0] if unit in UNITS else number


def shown(seconds: float) -> str:
    number, unit = split(seconds)
    return _(_SHOWN[unit]) % {"number": number}


_SHOWN = {
    "d": N_("%(number)s d"),
    "h": N_("%(number)s h"),
    "min": N_("%(number)s min"),
    "s": N_("%(number)s s"),
}
