"""What may be chosen in a field of the plant's forms: a closed list, or the rows of another table."""

from kanban_hub.language import N_, _
from kanban_hub.plantdraft import Tables
from kanban_hub.setting import Setting
from kanban_protocol.catalogue import LANGUAGES

Choice = tuple[str, str]

# By setting and value; the values are those of the file.
_WORDS: dict[tuple[str, str], str] = {
    ("steps", "accept"): N_("seen"),
    ("steps", "start"): N_("started"),
    ("steps", "finish"): N_("finished"),
    ("steps", "ship"): N_("shipped"),
    ("kind", "card"): N_("card: one a container"),
    ("kind", "two_bin"): N_("two bins"),
    ("kind", "signal"): N_("signal: one card for a lot"),
    ("kind", "event"): N_("event: cards for an occasion"),
    ("kind", "defect"): N_("defect of a container"),
    ("kind", "cause"): N_("cause of a call"),
    ("kind", "cannot"): N_("why a supplier cannot"),
    ("kind", "hold"): N_("why something is held"),
    ("kind", "help"): N_("what help is for"),
    ("kinds", "quality"): N_("quality"),
    ("kinds", "material"): N_("material"),
    ("kinds", "help"): N_("help"),
    ("kinds", "machine"): N_("machine"),
    ("days", "mon"): N_("Monday"),
    ("days", "tue"): N_("Tuesday"),
    ("days", "wed"): N_("Wednesday"),
    ("days", "thu"): N_("Thursday"),
    ("days", "fri"): N_("Friday"),
    ("days", "sat"): N_("Saturday"),
    ("days", "sun"): N_("Sunday"),
}


def word(name: str, value: str) -> str:
    """How people read the value of a setting with a closed list; other values as they are."""
    if name == "language":
        return LANGUAGES.get(value, value)
    known = _WORDS.get((name, value))
    return _(known) if known is not None else value


def choices_of(setting: Setting, tables: Tables) -> list[Choice]:
    """Value and word of each, in the order of the file."""
    if not setting.of:
        return [(value, word(setting.name, value)) for value in setting.choices]
    return [(row["id"], named(row)) for row in tables.get(setting.of, ())]


def named(row: dict[str, str]) -> str:
    """A row by its name and id, which are often the same word."""
    name = row.get("name", row["id"])
    return name if name.casefold() == row["id"] else f"{name} ({row['id']})"
