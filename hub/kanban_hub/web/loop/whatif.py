"""How many cards a loop needs, under figures that the reader may change: plain values for the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from kanban_hub.domain.sizing.course import Course
from kanban_hub.domain.sizing.errors import MissingInputError, SizingError
from kanban_hub.domain.sizing.figure import Unit
from kanban_hub.domain.sizing.formulas import FORMULAS
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.measurement import MEASURED_LEAST, Measured, basis, inputs_of
from kanban_hub.domain.sizing.proposal import Proposal, propose
from kanban_hub.domain.sizing.suggestion import suggest
from kanban_hub.language import N_, _, ngettext
from kanban_hub.web.api.past import Past
from kanban_hub.web.filled import Filled
from kanban_hub.web.numerals import numeral

MOST = 1_000_000.0
DAYS, DAYS_MOST = 30, 92
FORMULA = "sap_cards"
BAND, BAND_MOST = 10.0, 100.0
OF_CARDS = {name: formula.title for name, formula in FORMULAS.items() if formula.unit is Unit.CARDS}
# The inputs that can be changed, by the name of their field: what they are called, and how much one unit of
# the field is in that of the formula.
INPUTS: dict[str, tuple[str, float]] = {
    "demand_per_hour": (N_("Demand, pieces an hour"), 1.0),
    "lead_time_h": (N_("Lead time, hours"), 1.0),
    "safety": (N_("Safety, percent"), 0.01),
    "container_quantity": (N_("Pieces in a container"), 1.0),
    "high_demand_per_hour": (N_("High demand, pieces an hour"), 1.0),
    "lead_time_deviation_h": (N_("Deviation of the lead time, hours"), 1.0),
    "safety_stock": (N_("Safety stock, pieces"), 1.0),
    "scan_delta_h": (N_("From empty to scanned, hours"), 1.0),
    "epei_h": (N_("Until every part was made once, hours"), 1.0),
    "order_quantity": (N_("Order quantity, pieces"), 1.0),
}
MAIN = ("demand_per_hour", "lead_time_h", "safety", "container_quantity")
_WHOLE = ("container_quantity",)
_ABOVE_ZERO = ("epei_h", "order_quantity")
_LEAST = 0.001
_SOURCES = {
    "given": N_("given by you"),
    "measured": N_("measured"),
    "planned": N_("planned"),
    "default": N_("usual"),
}


@dataclass(frozen=True)
class Field:
    """`known` is what is used while the field is empty, and `source` where that is from."""

    name: str
    title: str
    typed: str
    known: str
    source: str
    is_main: bool


@dataclass(frozen=True)
class FormulaRow:
    """`answer` is the number with its unit; without one `arithmetic` says what is missing."""

    name: str
    title: str
    expression: str
    source: str
    arithmetic: str
    answer: str
    is_chosen: bool
    is_of_cards: bool
    is_said: bool  # what stands as arithmetic is a sentence


def given(filled: Filled) -> dict[str, float]:
    """The inputs that the reader has given, in the units of the formulas."""
    found: dict[str, float] = {}
    for name, (_title, unit) in INPUTS.items():
        if name in _WHOLE and filled.typed(name):
            found[name] = filled.whole(name, 1, int(MOST))
            continue
        value = filled.number(name, _LEAST if name in _ABOVE_ZERO else 0.0, MOST)
        if value is not None:
            found[name] = value * unit
    return found


def fields(known: Mapping[str, Measured], filled: Filled) -> list[Field]:
    return [_field(name, known[name], filled) for name in INPUTS]


def rows(inputs: Inputs, chosen: str) -> list[FormulaRow]:
    """Every formula; those of cards first, because they are what is asked."""
    found = [_row(name, inputs, chosen) for name in FORMULAS]
    return sorted(found, key=lambda row: (not row.is_chosen, not row.is_of_cards))


def known_of(seen: Past, wanted: Mapping[str, float]) -> tuple[dict[str, Measured], Inputs]:
    """Raises `InputError` for figures that cannot be."""
    known = basis(seen.course, seen.loop, wanted)
    return known, inputs_of(known)


def proposal(seen: Past, inputs: Inputs, formula: str, band: float) -> tuple[Proposal, str]:
    """What the chosen formula proposes, and the sentence that says so. Raises `SizingError` without one."""
    figure = FORMULAS[formula].function(inputs).figure
    found = propose(seen.loop, figure, band)
    values = {"cards": found.cards, "now": seen.loop.cards, "figure": figure, "band": numeral(band)}
    if not found.is_kept:
        return found, _("By the formula %(cards)s cards would do instead of %(now)s: try them.") % values
    if figure == seen.loop.cards:
        return found, _("By the formula it is %(cards)s cards too: keep them.") % values
    return found, _("By the formula it is %(figure)s, within %(band)s %% of %(now)s: keep them.") % values


def suggestion(seen: Past, days: int) -> tuple[str, int]:
    """What the recorded pulls say in a sentence, and the number of cards that it is about."""
    found = suggest(seen.course, seen.loop, seen.now_ms)
    if found is None:
        return _none(seen.course), seen.loop.cards
    values = {
        "count": abs(found.change),
        "days": days,
        "lowest": found.now.lowest,
        "then": found.then.lowest,
        "cards": found.then.cards,
        "times": len(found.now.stock_outs),
    }
    return _sentence(found.change) % values, found.then.cards


def _sentence(change: int) -> str:
    if change == 0:
        return _(
            "Keep the %(cards)s cards: in %(days)s days the consumer never ran out, and came close to it."
        )
    if change > 0:
        return ngettext(
            "With %(count)s card more none of the %(times)s stock-outs in %(days)s days would have been.",
            "With %(count)s cards more none of the %(times)s stock-outs in %(days)s days would have been.",
            change,
        )
    return ngettext(
        "You could take out %(count)s card: never below %(lowest)s full in %(days)s days. "
        "With %(cards)s cards it would have been %(then)s.",
        "You could take out %(count)s cards: never below %(lowest)s full in %(days)s days. "
        "With %(cards)s cards it would have been %(then)s.",
        -change,
    )


def _none(course: Course) -> str:
    if len(course.wants) < MEASURED_LEAST:
        return _("Too little has happened yet for a suggestion.")
    return _("Twice as many cards would not have prevented all stock-outs: look at the lead time first.")


def _field(name: str, one: Measured, filled: Filled) -> Field:
    title, unit = INPUTS[name]
    known = "" if one.value is None else numeral(one.value / unit, 2)
    source = _(_SOURCES[one.source]) if known else _("not known")
    return Field(name, _(title), filled.typed(name), known, source, name in MAIN)


def _row(name: str, inputs: Inputs, chosen: str) -> FormulaRow:
    formula = FORMULAS[name]
    arithmetic, answer, is_said = "", "", False
    try:
        found = formula.function(inputs)
        arithmetic, answer = _units(found.arithmetic), _answer(found.figure, found.unit)
    except MissingInputError as error:
        title = _(INPUTS[error.name][0]) if error.name in INPUTS else error.name
        arithmetic, is_said = _("Needs a figure that nobody knows: %(name)s.") % {"name": title}, True
    except SizingError as error:
        arithmetic = str(error)
    return FormulaRow(
        name, _(formula.title), formula.expression, formula.source, arithmetic, answer,
        is_chosen=name == chosen, is_of_cards=formula.unit is Unit.CARDS, is_said=is_said,
    )  # fmt: skip


def _units(arithmetic: str) -> str:
    """The units in the reader's words; all else of it is numbers."""
    for unit, word in (("pieces/h", _("pieces/h")), ("given", _("given"))):
        arithmetic = arithmetic.replace(unit, word)
    return arithmetic


def _answer(figure: int, unit: Unit) -> str:
    if unit is Unit.CARDS:
        return ngettext("%(count)s card", "%(count)s cards", figure) % {"count": figure}
    return ngettext("%(count)s piece", "%(count)s pieces", figure) % {"count": figure}
