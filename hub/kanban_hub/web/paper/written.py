"""Lines as somebody typed, pasted or scanned them, and as the form of the page sends them back.

A line is a card's code with a time before or behind it: `09:40 BRACKET.0003.N3`. The code of a command
sheet alone on a line says what the next line is, as it does for a scanner at a station. An empty line keeps
its number, so that the lines of the page are those of the paper.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from werkzeug.datastructures import MultiDict

from kanban_hub.domain.entering import LINES_MOST
from kanban_hub.domain.records.sheet import Entry
from kanban_hub.web.instant import milliseconds
from kanban_protocol import codes

CODE_MOST = 128
_COMMANDS = {codes.RECEIVE: Entry.RECEIVE, codes.FAIL: Entry.FAIL}
_SHEET = re.compile(r"[A-Z0-9-]{1,24}")
_TIME = "[0-2]?[0-9][:.][0-5][0-9]"
_BLANKS = " \t"
_APART = r"[ ,;\t]+"
_LINE = re.compile(
    rf"(?:(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_APART})?(?:(?P<first>{_TIME}){_APART})?"
    rf"(?P<code>[^ \t].*?)(?:{_APART}(?P<last>{_TIME}))?"
)


@dataclass(frozen=True)
class Written:
    """`at` is as the field of a browser has it, by the plant's clock; empty where nobody wrote a time."""

    line: int
    entry: Entry
    at: str
    code: str


def sheet_of(text: str) -> str | None:
    """The number of a sheet as it was typed, or `None` when it is none."""
    found = text.strip().upper()
    return found if _SHEET.fullmatch(found) else None


def lines_in(text: str, entry: Entry, day: date, now: datetime) -> list[Written]:
    """The lines of a text; `entry` is what they are unless a command says otherwise.

    A time without a date is on `day`; where that is still to come, the day before. `now` is by the plant's
    clock, as the times are.
    """
    found, line, meant = [], 0, entry
    for row in _rows(text):
        said = row.strip(_BLANKS)
        if said.upper() in _COMMANDS:
            meant = _COMMANDS[said.upper()]
            continue
        line += 1
        if said and line <= LINES_MOST:
            found.append(_written(said, line, meant, (day, now)))
        meant = entry
    return found


def lines_of(form: MultiDict[str, str]) -> list[Written]:
    """The lines of the page's table, as they came back; of the same number only the first."""
    rows = zip(*(form.getlist(name) for name in ("line", "entry", "at", "code")), strict=False)
    found: dict[int, Written] = {}
    for line, entry, at, code in rows:
        if line.isascii() and line.isdigit() and 1 <= int(line) <= LINES_MOST and code.strip(_BLANKS):
            kind = Entry(entry) if entry in list(Entry) else Entry.PULL
            found.setdefault(int(line), Written(int(line), kind, at.strip(), code.strip(_BLANKS)[:CODE_MOST]))
    return list(found.values())


def moment_of(at: str, zone: tzinfo) -> int | None:
    """Milliseconds of a time of `Written`; `None` for none. Raises `ValueError` for what is no time."""
    if not at:
        return None
    said = datetime.fromisoformat(at)
    return milliseconds(said if said.tzinfo is not None else said.replace(tzinfo=zone))


def too_many(text: str) -> bool:
    """Whether there are more lines than a sheet has."""
    rows = [row.strip(_BLANKS).upper() for row in _rows(text.strip())]
    return sum(row not in _COMMANDS for row in rows) > LINES_MOST


def _rows(text: str) -> list[str]:
    """Only at line ends: the separators of a label end no line."""
    return re.split("\r\n|\r|\n", text)


def _written(said: str, line: int, entry: Entry, when: tuple[date, datetime]) -> Written:
    parts = _LINE.fullmatch(said)
    if parts is None:
        return Written(line, entry, "", said[:CODE_MOST])
    clock = parts["first"] or parts["last"]
    at = _at(clock, _day(parts["day"]), when) if clock else ""
    return Written(line, entry, at, parts["code"][:CODE_MOST])


def _at(clock: str, said: date | None, when: tuple[date, datetime]) -> str:
    """A time that no clock shows, such as 29:00, is given back as it stands, to be corrected."""
    day, now = when
    hours, minutes = (int(part) for part in re.split("[:.]", clock))
    try:
        at = datetime.combine(said or day, time(hours, minutes))
    except ValueError:
        return clock
    if said is None and at > now.replace(tzinfo=None):
        at -= timedelta(days=1)
    return at.isoformat(timespec="minutes")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
