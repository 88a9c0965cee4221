"""The home of administration: where everything is, how much of it there is, and what is missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response

from kanban_hub.accounts.rights import Errand
from kanban_hub.domain.plant import Plant
from kanban_hub.language import N_, _, ngettext
from kanban_hub.notices.notice import NoticeState
from kanban_hub.orders import ChangePlant
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.gaps import gaps
from kanban_hub.web.plant.notice import changed

Count = Callable[[WebParts, Plant | None], str]


@dataclass(frozen=True)
class Tile:
    """A way on, shown to whoever may go it. `count` says how much there is; empty: nothing to count."""

    path: str
    word: str
    said: str
    gives: tuple[Any, ...]
    count: Count = lambda _parts, _plant: ""


def home(parts: WebParts) -> Response:
    with parts.store.view() as view:
        plant = view.plant()
    may_change = parts.caller.may(ChangePlant)
    content = {
        "plant": plant,
        "parts": [(_(head), list(_shown(parts, plant, tiles))) for head, tiles in TILES],
        "gaps": gaps(plant, parts.notices) if plant is not None and may_change else [],
        "may_change": may_change,
    }
    return shown(parts, "plant/home.html", content | changed(parts))


def _shown(parts: WebParts, plant: Plant | None, tiles: tuple[Tile, ...]) -> Iterator[dict[str, str]]:
    for tile in tiles:
        if parts.caller.may(*tile.gives):
            count = tile.count(parts, plant)
            yield {"path": tile.path, "word": _(tile.word), "said": _(tile.said), "count": count}


def _of(table: str) -> Count:
    return lambda _parts, plant: str(len(getattr(plant, table))) if plant is not None else "0"


def _loops(_parts: WebParts, plant: Plant | None) -> str:
    loops = plant.loops.values() if plant is not None else ()
    cards = sum(loop.cards for loop in loops)
    text = ngettext("%(loops)s, with %(cards)s card", "%(loops)s, with %(cards)s cards", cards)
    return text % {"loops": len(loops), "cards": cards}


def _shifts(_parts: WebParts, plant: Plant | None) -> str:
    calendar = plant.calendar if plant is not None else None
    if calendar is None or not calendar.shifts:
        return _("none")
    text = ngettext("%(count)s shift", "%(count)s shifts", len(calendar.shifts))
    return text % {"count": len(calendar.shifts)}


def _notices(parts: WebParts, _plant: Plant | None) -> str:
    with parts.store.notices(writes=False) as queue:
        dead = queue.counts()[NoticeState.DEAD.value]
    return ngettext("%(count)s given up", "%(count)s given up", dead) % {"count": dead} if dead else ""


def _accounts(parts: WebParts, _plant: Plant | None) -> str:
    return str(len(parts.register.accounts()))


def _screens(parts: WebParts, _plant: Plant | None) -> str:
    now_ms = parts.clock.now_ms()
    with parts.store.view() as view:
        return str(sum(screen.is_good(now_ms) for screen in view.screens()))


def _tokens(parts: WebParts, _plant: Plant | None) -> str:
    now_ms = parts.clock.now_ms()
    return str(sum(token.is_good(now_ms) for token in parts.tokens.all()))


_PLANT = (ChangePlant,)
TILES: tuple[tuple[str, tuple[Tile, ...]], ...] = (
    (
        N_("The plant"),
        (
            Tile(
                "/plant/stations", N_("Stations"), N_("Places with a Pi or a page"), _PLANT, _of("stations")
            ),
            Tile("/plant/items", N_("Items"), N_("What goes round"), _PLANT, _of("items")),
            Tile("/plant/loops", N_("Loops"), N_("Supplier, consumer, cards, quantity"), _PLANT, _loops),
            Tile("/plant/slots", N_("Buttons"), N_("What the lit buttons mean"), _PLANT),
            Tile("/plant/lines", N_("Lines"), N_("A board for each"), _PLANT, _of("lines")),
            Tile("/plant/calendar", N_("Calendar"), N_("Shifts, breaks, closed days"), _PLANT, _shifts),
            Tile(
                "/plant/escalation", N_("Escalation"), N_("Who is told, and when"), _PLANT, _of("escalation")
            ),
            Tile("/plant/reasons", N_("Reasons and defects"), N_("To choose from"), _PLANT, _of("reasons")),
            Tile("/plant/numbers", N_("Suppliers' numbers"), N_("How suppliers call the items"), _PLANT),
            Tile("/map", N_("Floor map"), N_("Drag the stations to their places"), _PLANT),
        ),
    ),
    (
        N_("Files"),
        (
            Tile("/plant/import", N_("Import"), N_("A plant file, or tables from a spreadsheet"), _PLANT),
            Tile("/plant/export", N_("Export"), N_("The same again as files"), _PLANT),
            Tile("/print", N_("Print"), N_("Cards, labels, command codes"), _PLANT),
            Tile("/start", N_("First steps"), N_("From nothing to the first pull"), _PLANT),
        ),
    ),
    (
        N_("People and programs"),
        (
            Tile("/accounts", N_("Accounts"), N_("People and their roles"), (Errand.ACCOUNTS,), _accounts),
            Tile("/screens", N_("Screens"), N_("Wall displays that only read"), (Errand.LINKS,), _screens),
            Tile("/tokens", N_("Tokens"), N_("For programs that ask or order"), (Errand.TOKENS,), _tokens),
            Tile("/notices", N_("Notices"), N_("Mails and webhooks"), (Errand.RETRY_NOTICE,), _notices),
        ),
    ),
    (
        N_("Keeping it safe"),
        (
            Tile("/backup", N_("Backup"), N_("Take a copy with you, and go back to one"), (Errand.BACKUP,)),
            Tile(
                "/releases",
                N_("Releases"),
                N_("Bring stations to a new release, a few at a time"),
                (Errand.UPDATE,),
            ),
            Tile("/audit", N_("Audit"), N_("Who came in, and what was changed"), (Errand.AUDIT,)),
        ),
    ),
)

PAGES = (Page("GET /plant", home, (ChangePlant, Errand.RETRY_NOTICE)),)
