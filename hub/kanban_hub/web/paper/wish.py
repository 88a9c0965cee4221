"""What somebody wants to be printed, as the address of the page says it. What is wrong is told, and kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from kanban_hub.language import _
from kanban_hub.paper.card import QrContent
from kanban_hub.paper.errors import NoRoomError
from kanban_hub.paper.form import (
    CUT_SHEETS,
    FORMS,
    LEAST_MM,
    MOST_MM,
    PAPERS,
    Form,
    Grid,
    own_form,
    single,
    tiled,
)
from kanban_hub.paper.sheet import COPIES_MOST, Imposition
from kanban_hub.web.door import FORM_FIELD

# Of a page's address: named anew, or of this one request only.
_NOT_KEPT = frozenset({"loop", "card", "sent", "printer", "language", "theme", FORM_FIELD})
OWN, SINGLE = "own", "single"
START_MOST = 40
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\[\]:-]{1,60}/?", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """Valid as it stands; `given` is what was typed, and `faults` what of it could not be taken.

    `cards` narrows the loops that it has cards of. `has_contents`: labels of what is in the containers now.
    """

    form: Form
    how: Imposition
    loops: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    qr: QrContent = QrContent.LINK
    address: str = ""
    is_folded: bool = False
    has_contents: bool = False
    faults: tuple[str, ...] = ()
    given: dict[str, str] = field(default_factory=dict)


def wish_of(asked: MultiDict[str, str], address: str, card: str | None = None) -> Wish:
    """The wish in a query. `address` is the hub's own, which cards lead to unless another is given.

    `card`: of this one alone.
    """
    faults: list[str] = []
    form = _form(asked, faults)
    is_folded = bool(asked.get("folded")) and form.id not in CUT_SHEETS
    grid = _grid(form, asked.get("paper", "a4"), faults, is_folded=is_folded)
    how = Imposition(
        grid,
        _whole(asked, "start", (1, START_MOST), faults),
        _whole(asked, "copies", (1, COPIES_MOST), faults),
        has_marks="marks" in asked or "size" not in asked,
    )
    qr = asked.get("qr", "")
    return Wish(
        form,
        how,
        () if card else tuple(dict.fromkeys(asked.getlist("loop"))),
        (card,) if card else tuple(dict.fromkeys(asked.getlist("card"))),
        QrContent(qr) if qr in list(QrContent) else QrContent.LINK,
        _address(asked.get("address", "").strip() or address, faults),
        is_folded,
        bool(asked.get("contents")),
        tuple(faults),
        {name: asked[name] for name in asked if name not in _NOT_KEPT},
    )


def forms() -> list[tuple[str, str]]:
    """What can be chosen as size, in words."""
    rows = [(form.id, form.words) for form in FORMS.values()]
    rows += [
        (
            id_,
            _("%(name)s: %(size)s, %(count)s on a sheet")
            % {
                "name": f"Avery {id_.upper()}",
                "size": f"{grid.width} × {grid.height} mm",
                "count": grid.cells,
            },
        )
        for id_, grid in CUT_SHEETS.items()
    ]
    return [*rows, (OWN, _("own size"))]


def papers() -> list[tuple[str, str]]:
    return [
        *((paper.id, paper.words) for paper in PAPERS.values()),
        (SINGLE, _("one a page: label roll, card printer")),
    ]


def qr_contents() -> list[tuple[str, str]]:
    return [
        (QrContent.LINK, _("the card's page, for phones and scanners")),
        (QrContent.NUMBER, _("the number alone")),
        (QrContent.DATA, _("data identifiers (MH10.8.2: 15K, P, Q, 1T)")),
        (QrContent.BOTH, _("the card's page, and data identifiers beside it")),
    ]


def _form(asked: MultiDict[str, str], faults: list[str]) -> Form:
    chosen = asked.get("size", "a7")
    if chosen in CUT_SHEETS:
        grid = CUT_SHEETS[chosen]
        return Form(chosen, grid.width, grid.height, chosen)
    if chosen != OWN:
        return FORMS.get(chosen, FORMS["a7"])
    width, height = (_decimal(asked.get(name, "")) for name in ("width", "height"))
    try:
        return own_form(width, height)
    except NoRoomError:
        text = _("The own size is not taken: width and height are %(least)s to %(most)s mm each.")
        faults.append(text % {"least": f"{LEAST_MM:g}", "most": f"{MOST_MM:g}"})
        return FORMS["a7"]


def _grid(form: Form, paper: str, faults: list[str], *, is_folded: bool) -> Grid:
    if form.id in CUT_SHEETS:
        return CUT_SHEETS[form.id]
    if paper == SINGLE or (paper not in PAPERS and paper):
        return single(form, is_folded=is_folded)
    try:
        return tiled(form, PAPERS.get(paper, PAPERS["a4"]), is_folded=is_folded)
    except NoRoomError:
        faults.append(_("The paper is too small for a card of this size: one card a page is shown."))
        return single(form, is_folded=is_folded)


def _whole(asked: MultiDict[str, str], name: str, bounds: tuple[int, int], faults: list[str]) -> int:
    text = asked.get(name, "").strip()
    if not text:
        return 1
    if text.isascii() and text.isdigit() and bounds[0] <= int(text) <= bounds[1]:
        return int(text)
    words: dict[str, Any] = {"least": bounds[0], "most": bounds[1], "text": text[:20]}
    told = {
        "start": _("The first free place is a number from %(least)s to %(most)s, not “%(text)s”."),
        "copies": _("Copies are a number from %(least)s to %(most)s, not “%(text)s”."),
    }
    faults.append(told[name] % words)
    return 1


def _decimal(text: str) -> float:
    """A size as people of all languages type it; 0 when it is none."""
    found = re.fullmatch(r"\s*([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*", text)
    return float(found[1].replace(",", ".")) if found else 0.0


def _address(text: str, faults: list[str]) -> str:
    if _ADDRESS.fullmatch(text):
        return text.rstrip("/")
    faults.append(
        _("The address of the hub is such as http://hub:8080, not “%(text)s”.") % {"text": text[:60]}
    )
    return "http://localhost"


def is_for_this_machine_only(address: str) -> bool:
    """Whether no phone can open it."""
    host = re.sub(r":\d+$", "", address.partition("//")[2]).strip("[]").lower()
    return host in ("localhost", "::1") or host.startswith("127.")


def pairs(wish: Wish) -> Iterable[tuple[str, str]]:
    """The wish as a query again, for the files of the same cards."""
    yield from (("loop", loop) for loop in wish.loops)
    yield from (("card", card) for card in wish.cards)
    yield from wish.given.items()
