"""The lines of a station's display in its language, as long as the contract allows."""

import unicodedata
from collections.abc import Callable

from kanban_hub.domain.displayline import DisplayLine, Says
from kanban_hub.domain.lamps import Lamps
from kanban_hub.domain.outcome import Answer
from kanban_hub.language import _, ngettext, speaking

# The contract's limit, in characters.
TEXT_MOST = 80
# An item's name may take so many columns: most letters take one, Chinese ones two.
NAME_COLUMNS = 32
_WIDE = ("W", "F")
_NO_WIDTH = ("Mn", "Me", "Cf")
_HOUR_MIN = 60
_MORE = "…"


def texts(lamps: Lamps) -> dict[int, str]:
    """What stands on the display, by slot, in the language of the station."""
    with speaking(lamps.language):
        return {line.slot: text(line) for line in lamps.display}


def text(line: DisplayLine) -> str:
    """A line in the language that is spoken. What does not fit is cut off the name, never a number."""
    made = _SAYS[line.says](line) % _values(line, "")
    room = max(0, TEXT_MOST - len(made))
    name = cut(line.item, NAME_COLUMNS)
    while len(name) > room:
        name = cut(name.removesuffix(_MORE), min(columns(name), room) - 1) if room else ""
    return (_SAYS[line.says](line) % _values(line, name))[:TEXT_MOST]


def answer(said: Answer, language: str) -> str:
    """The hub's answer to a signal, in the language of the station that asked."""
    with speaking(language):
        return _(said.text) % dict(said.values) if said.values else _(said.text)


def cut(name: str, most: int) -> str:
    """`name` in at most `most` columns; a sign of more stands where something is left out."""
    if columns(name) <= most:
        return name
    kept, left = "", most - 1
    for sign in name:
        left -= _width(sign)
        if left < 0:
            break
        kept += sign
    return kept.rstrip() + _MORE if most > 0 else ""


def columns(text: str) -> int:
    """How many columns `text` takes on a display."""
    return sum(map(_width, text))


def _width(sign: str) -> int:
    if unicodedata.category(sign) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def _values(line: DisplayLine, name: str) -> dict[str, object]:
    return {
        "item": name,
        "count": line.count,
        "age": _age(line.oldest_min),
        "time": _age(line.ready_in_min),
        "collected": line.collected,
        "batch": line.batch,
    }


def _age(minutes: int) -> str:
    if minutes < 1:
        return _("< 1 min")
    if minutes < _HOUR_MIN:
        return _("%(count)s min") % {"count": minutes}
    return _("%(count)s h") % {"count": minutes // _HOUR_MIN}


_SAYS: dict[Says, Callable[[DisplayLine], str]] = {
    Says.SUSPECT: lambda line: ngettext(
        "%(item)s: %(count)s suspect, do not use", "%(item)s: %(count)s suspect, do not use", line.count
    ),
    Says.PROMISED: lambda line: ngettext(
        "%(item)s: %(count)s asked, oldest %(age)s, ready in %(time)s",
        "%(item)s: %(count)s asked, oldest %(age)s, ready in %(time)s",
        line.count,
    ),
    Says.LATE: lambda line: ngettext(
        "%(item)s: %(count)s asked, oldest %(age)s, promise is late",
        "%(item)s: %(count)s asked, oldest %(age)s, promise is late",
        line.count,
    ),
    Says.ASKED: lambda line: ngettext(
        "%(item)s: %(count)s asked, oldest %(age)s", "%(item)s: %(count)s asked, oldest %(age)s", line.count
    ),
    Says.BOTH: lambda line: ngettext(
        "%(item)s: %(count)s asked, oldest %(age)s; %(collected)s of %(batch)s collected",
        "%(item)s: %(count)s asked, oldest %(age)s; %(collected)s of %(batch)s collected",
        line.count,
    ),
    Says.COLLECTING: lambda _line: _("%(item)s: %(collected)s of %(batch)s collected"),
    Says.COMING: lambda line: ngettext(
        "%(item)s: %(count)s on the way", "%(item)s: %(count)s on the way", line.count
    ),
    Says.ALL_FULL: lambda _line: _("%(item)s: all full"),
    Says.NOTHING_ASKED: lambda _line: _("%(item)s: nothing asked"),
}
