"""How many cards a loop needs: every formula with its arithmetic, and what it proposes."""

import dataclasses
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub.domain.sizing.errors import SizingError
from kanban_hub.domain.sizing.figure import Unit
from kanban_hub.domain.sizing.formulas import FORMULAS
from kanban_hub.domain.sizing.inputs import MOST, Inputs
from kanban_hub.domain.sizing.measurement import Measured, basis, inputs_of
from kanban_hub.domain.sizing.proposal import BAND_PERCENT, is_by_cards, propose
from kanban_hub.domain.sizing.replay import Size, replay
from kanban_hub.web.api.past import Days, Past, past
from kanban_hub.web.api.replay import text_of
from kanban_hub.web.instant import Instant, instant
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.problem import Fault, faulty

Given = Annotated[float, Meta(ge=0, le=MOST, description="Instead of what was measured or planned.")]
OF_CARDS = [name for name, formula in FORMULAS.items() if formula.unit is Unit.CARDS]


class SizingQuery(Struct, frozen=True, kw_only=True):
    """The names below `band_percent` are those of the formulas' inputs."""

    days: Days = 30
    formula: Annotated[str, Meta(description=f"What is proposed: {', '.join(OF_CARDS)}.")] = "sap_cards"
    band_percent: Annotated[
        float, Meta(ge=0, le=100, description="A smaller difference is no reason to change.")
    ] = BAND_PERCENT
    safety: (
        Annotated[float, Meta(ge=0, le=10, description="The share added for what varies.")] | UnsetType
    ) = UNSET
    demand_per_hour: Given | UnsetType = UNSET
    high_demand_per_hour: Given | UnsetType = UNSET
    lead_time_h: Given | UnsetType = UNSET
    lead_time_deviation_h: Given | UnsetType = UNSET
    service_percent: Literal[90, 95, 99] | UnsetType = UNSET
    safety_stock: Given | UnsetType = UNSET
    scan_delta_h: Given | UnsetType = UNSET
    epei_h: Given | UnsetType = UNSET
    safety_time_h: Given | UnsetType = UNSET
    order_quantity: Given | UnsetType = UNSET
    variability: Given | UnsetType = UNSET
    reporting_points: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    minimum_cards: Annotated[int, Meta(ge=0, le=1_000)] | UnsetType = UNSET


class SizingInput(Struct, frozen=True, kw_only=True):
    name: str
    value: Annotated[float, Meta(description="Null when nobody knows it.")] | None
    source: Annotated[str, Meta(description="`given`, `measured`, `planned` or `default`.")]
    why: str


class SizingFigure(Struct, frozen=True, kw_only=True):
    """What a formula gives. Without a figure `arithmetic` says what is missing."""

    name: str
    title: str
    expression: str
    source: str
    uses: list[str]
    unit: Unit
    exact: float | None
    figure: Annotated[int, Meta(description="Rounded up.")] | None
    arithmetic: str


class SizingProposal(Struct, frozen=True, kw_only=True):
    formula: str
    cards_now: int
    cards: int
    keep: Annotated[bool, Meta(description="The difference is within the band, or there is none.")]
    text: str
    replay: Annotated[str, Meta(description="How the recorded pulls would have done with these cards.")]


class Sizing(Struct, frozen=True, kw_only=True):
    """`proposal` is null for a loop that is not sized by its cards."""

    loop: str
    begins_at: Annotated[Instant, Meta(description="What was looked back to.")]
    ends_at: Instant
    inputs: list[SizingInput]
    formulas: list[SizingFigure]
    proposal: SizingProposal | None


@operation("GET /api/v1/loops/{loop}/sizing", errors=(404, 409))
def loop_sizing(parts: WebParts, loop: str, query: SizingQuery) -> Sizing:
    """How many cards the loop needs, by every formula, from what was measured. Changes nothing."""
    if query.formula not in OF_CARDS:
        raise faulty([Fault("query.formula", f"is not known; known here: {', '.join(OF_CARDS)}")])
    seen = past(parts, loop, query.days)
    known = basis(seen.course, seen.loop, _given(query))
    inputs = inputs_of(known)
    return Sizing(
        loop=loop,
        begins_at=instant(seen.course.from_ms or seen.now_ms),
        ends_at=instant(seen.now_ms),
        inputs=[_input_of(name, one) for name, one in known.items()],
        formulas=[_figure_of(name, inputs) for name in FORMULAS],
        proposal=_proposal_of(seen, inputs, query) if is_by_cards(seen.loop) else None,
    )


def _given(query: SizingQuery) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(Inputs)]
    given = {name: getattr(query, name, UNSET) for name in names}
    return {name: value for name, value in given.items() if value is not UNSET}


def _input_of(name: str, one: Measured) -> SizingInput:
    return SizingInput(name=name, value=one.value, source=one.source, why=one.why)


def _figure_of(name: str, inputs: Inputs) -> SizingFigure:
    formula = FORMULAS[name]
    exact, figure = None, None
    try:
        found = formula.function(inputs)
        exact, figure, arithmetic = found.exact, found.figure, found.arithmetic
    except SizingError as error:
        arithmetic = str(error)
    return SizingFigure(
        name=name,
        title=formula.title,
        expression=formula.expression,
        source=formula.source,
        uses=list(formula.uses),
        unit=formula.unit,
        exact=exact,
        figure=figure,
        arithmetic=arithmetic,
    )


def _proposal_of(seen: Past, inputs: Inputs, query: SizingQuery) -> SizingProposal:
    figure = FORMULAS[query.formula].function(inputs).figure
    found = propose(seen.loop, figure, query.band_percent)
    size = Size(found.cards, seen.loop.container_quantity)
    return SizingProposal(
        formula=query.formula,
        cards_now=seen.loop.cards,
        cards=found.cards,
        keep=found.is_kept,
        text=found.text,
        replay=text_of(replay(seen.course, seen.loop, size, seen.now_ms)),
    )
