"""The way of every change of the plant on the pages: first its faults, then what it does, then it is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub import plantfile
from kanban_hub.accounts.account import Access
from kanban_hub.domain.errors import PlantChangeError, PlantMovedError
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import NotLoadedError
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantdraft import Tables, Weighed, weigh
from kanban_hub.web.door import FORM_FIELD
from kanban_hub.web.frame import shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.differences import ChangePicture, card_texts, pictures
from kanban_protocol.tomlfile import Fault

# What a form says it wants: to be looked at, to be done, or to be filled in further.
LOOK, APPLY, EDIT = "look", "apply", "edit"
_OWN = (FORM_FIELD, "do", "revision")
MEANWHILE_MOST = 20


@dataclass(frozen=True)
class Standing:
    """The plant as it is. Without one `floor` is `None`, and the tables are empty."""

    tables: Tables
    revision: int
    floor: Floor | None


@dataclass(frozen=True)
class Faults:
    """What is wrong with the plant of `tables`, which is the one that was wanted."""

    found: Sequence[Fault] = ()
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """A change that a form asks for.

    `draft` makes the plant that is wanted from the one that stands, `again` shows the form with faults, and
    `home` is where the reader goes when it is done. `carried` is what came as a file and must come again.
    """

    draft: Callable[[Standing], Tables]
    again: Callable[[Standing, Faults], Response]
    home: str
    way: PlantWay = PlantWay.PAGE
    carried: Mapping[str, str] = field(default_factory=dict)


def standing(parts: WebParts) -> Standing:
    """Plant, revision and floor of one moment; also where no plant is loaded."""
    with parts.store.view() as view:
        plant, revision = view.plant(), view.plant_revision()
        if plant is None:
            return Standing({}, revision, None)
        return Standing(plantfile.tables_of(plant), revision, view.floor())


def loaded(parts: WebParts) -> Standing:
    """The same. Raises `NotLoadedError` where no plant is loaded."""
    found = standing(parts)
    if found.floor is None:
        raise NotLoadedError
    return found


def attempted(parts: WebParts, attempt: Attempt) -> AnyResponse:
    """The answer to a form that was sent: the form again, what it would do, or the page after it is done."""
    now = standing(parts)
    if request.form.get("do") == EDIT:
        return attempt.again(now, Faults())
    weighed = weigh(now.floor, attempt.draft(now))
    if weighed.plant is None:
        return attempt.again(now, Faults(weighed.faults, weighed.tables))
    if request.form.get("do") == APPLY and request.form.get("revision") == str(now.revision):
        try:
            number = done(parts, weighed.plant, now.revision, attempt.way)
        except (PlantMovedError, PlantChangeError):  # between the look and the commit
            return _looked_at(parts, standing(parts), attempt)
        return redirect(f"{attempt.home}?changed={number}", 303)
    return _preview(parts, now, weighed, attempt)


def done(parts: WebParts, plant: Plant, revision: int, way: PlantWay) -> int:
    """Put `plant` in the place of the one of `revision`; the number of the change.

    Raises `PlantMovedError` and `PlantChangeError`.
    """
    parts.ask(ChangePlant(plant, revision, way))
    number = revision + 1
    parts.register.note(Access.PLANT_CHANGED, parts.caller.named, str(number))
    return number


def meanwhile(parts: WebParts, now: Standing) -> list[ChangePicture]:
    """What others have changed since the reader's page was made."""
    seen = request.form.get("revision", "")
    if not seen.isdecimal() or int(seen) >= now.revision:
        return []
    with parts.store.view() as view:
        changes = view.plant_changes(MEANWHILE_MOST)
    return pictures(row for one in reversed(changes) if one.number > int(seen) for row in one.difference)


def _looked_at(parts: WebParts, now: Standing, attempt: Attempt) -> Response:
    weighed = weigh(now.floor, attempt.draft(now))
    if weighed.plant is None:
        return attempt.again(now, Faults(weighed.faults, weighed.tables))
    return _preview(parts, now, weighed, attempt)


def _preview(parts: WebParts, now: Standing, weighed: Weighed, attempt: Attempt) -> Response:
    given = request.form.items(multi=True)
    carried = [(name, value) for name, value in given if name not in (*_OWN, *attempt.carried)]
    content = {
        "difference_rows": pictures(weighed.difference),
        "cards": card_texts(weighed.cards),
        "meanwhile": meanwhile(parts, now),
        "revision": now.revision,
        "carried": [*carried, *attempt.carried.items()],
        "home": attempt.home,
    }
    return shown(parts, "plant/preview.html", content)
