"""The plant as its file, for programs: read, weighed, and put in place."""

from pathlib import Path
from typing import Annotated, Any

from flask import Response
from msgspec import UNSET, Meta, Struct, UnsetType

from kanban_hub import plantfile
from kanban_hub.cardeffect import Effect
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdiff import Became
from kanban_hub.plantdraft import Tables, Weighed, weigh
from kanban_hub.web.operation import operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.weighing import done, standing
from kanban_hub.web.problem import Fault, ProblemError, faulty, problem
from kanban_protocol import tomlfile

TOML = "application/toml"  # registered with IANA for TOML 1.0
REVISION = "X-Kanban-Plant-Revision"
FILE_MOST_BYTES = 1_000_000


class PlantSetting(Struct, frozen=True, kw_only=True):
    """`null` is a setting that is not there."""

    name: str
    before: Any
    after: Any


class PlantRow(Struct, frozen=True, kw_only=True):
    """A row that becomes different; `moved` are the rows of a table in another order."""

    table: str
    key: str
    became: Became
    settings: list[PlantSetting]


class PlantCards(Struct, frozen=True, kw_only=True):
    """What happens to the cards of a loop. `cards` are the numbers where they are known already."""

    loop: str
    effect: Effect
    count: int
    cards: list[str]


class PlantAnswer(Struct, frozen=True, kw_only=True):
    """What the file changes, and whether it was put in place. `revision` is that of the plant now."""

    applied: bool
    revision: int
    difference: list[PlantRow]
    cards: list[PlantCards]


class PlantQuery(Struct, frozen=True, kw_only=True):
    dry_run: Annotated[bool, Meta(description="Only say what would change.")] = False
    revision: (
        Annotated[int, Meta(ge=0, description="Only if the plant is still of this revision.")] | UnsetType
    ) = UNSET


@operation("GET /api/v1/plant", media_type=TOML, made=str)
def plant_file(parts: WebParts) -> Response:
    """The plant as its TOML file. The header `X-Kanban-Plant-Revision` counts its changes."""
    with parts.floor() as (floor, _):
        text = plantfile.export(floor.plant)
    with parts.store.view() as view:
        headers = {REVISION: str(view.plant_revision())}
    return Response(text, mimetype=TOML, headers=headers)


@operation("POST /api/v1/plant", errors=(409,), takes=TOML, gives=(ChangePlant,), most_bytes=FILE_MOST_BYTES)
def change_plant(parts: WebParts, query: PlantQuery, body: str) -> PlantAnswer:
    """Put a plant in place, all of it or nothing. Every fault of the file is told with its line."""
    now = standing(parts)
    if query.revision not in (UNSET, now.revision):
        raise ProblemError(problem(409, f"the plant is of revision {now.revision} by now: look at it again"))
    weighed = weigh(now.floor, _tables(body))
    if weighed.plant is None:
        raise ProblemError(problem(409, " ".join(fault.text for fault in weighed.faults)))
    is_applied = bool(weighed.difference) and not query.dry_run
    if is_applied:
        return _answer(weighed, done(parts, weighed.plant, now.revision, PlantWay.API), is_applied=True)
    return _answer(weighed, now.revision, is_applied=False)


def _tables(text: str) -> Tables:
    try:
        return plantfile.tables_of(plantfile.parse(text, Path("body")))
    except tomlfile.ConfigError as error:
        raise faulty([_fault(fault) for fault in error.faults]) from None


def _fault(fault: tomlfile.Fault) -> Fault:
    line = f" line {fault.line}" if fault.line else ""
    where = f": {fault.where}" if fault.where else ""
    return Fault(f"body{line}{where}", f"{fault.text} ({fault.hint})")


def _answer(weighed: Weighed, revision: int, *, is_applied: bool) -> PlantAnswer:
    rows = [
        PlantRow(
            table=row.table,
            key=row.key,
            became=row.became,
            settings=[PlantSetting(name=s.name, before=s.before, after=s.after) for s in row.settings],
        )
        for row in weighed.difference
    ]
    cards = [
        PlantCards(loop=one.loop, effect=one.effect, count=one.count, cards=list(one.cards))
        for one in weighed.cards
    ]
    return PlantAnswer(applied=is_applied, revision=revision, difference=rows, cards=cards)
