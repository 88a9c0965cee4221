"""A whole plant or one of its tables from a file, first looked at, then put in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub import plantcsv, plantfile
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantWay
from kanban_hub.plantcsv import Merged
from kanban_hub.plantdraft import Tables
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.faultpicture import FaultPicture, picture
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.sheets import SHEETS
from kanban_hub.web.plant.weighing import Attempt, Faults, Standing, attempted, standing
from kanban_protocol.tomlfile import ConfigError, Fault

MAY = (ChangePlant,)
WHOLE = "plant"
FILE_MOST_BYTES = 900_000
# A text in a form, with what is around it.
FORM_MOST_BYTES = FILE_MOST_BYTES + 64 * 1024


def imports(parts: WebParts) -> Response:
    return _shown(parts, (), {})


def take(parts: WebParts) -> AnyResponse:
    """Show what is wrong with the file, or what it would change, or put it in."""
    text, what = _text(), request.form.get("what", WHOLE)
    try:
        read = _read(standing(parts), what, text)
    except ConfigError as error:
        return _shown(parts, error.faults, {})
    if read.faults:
        return _shown(parts, read.faults, {})

    def again(now: Standing, faults: Faults) -> Response:
        merged = _read(now, what, text)
        placed = [_placed(fault, merged) for fault in faults.found]
        return _shown(parts, placed, faults.tables)

    def draft(now: Standing) -> Tables:
        return _read(now, what, text).tables

    return attempted(parts, Attempt(draft, again, "/plant/import", PlantWay.IMPORT, {"text": text}))


PAGES = (
    Page("GET /plant/import", imports, MAY),
    Page("POST /plant/import", take, MAY, most_bytes=FORM_MOST_BYTES),
)


def _read(now: Standing, what: str, text: str) -> Merged:
    """What is wanted by the file. Raises `ConfigError` for a whole plant that is none."""
    if what in plantcsv.TABLES:
        return plantcsv.merged(now.tables, what, text, is_whole=bool(request.form.get("is_whole")))
    return Merged(plantfile.tables_of(plantfile.parse(text, Path(_name()))))


def _placed(fault: Fault, merged: Merged) -> Fault:
    return Fault(fault.where, fault.text, fault.hint, merged.line_of(fault.where) or fault.line)


def _text() -> str:
    """What was uploaded, else what was pasted or carried along."""
    upload = request.files.get("file")
    raw = b""
    if upload is not None and upload.filename:
        upload.stream.seek(0)  # it may have been read before, for the same answer
        raw = upload.stream.read()
    return plantcsv.text_of(raw) if raw else request.form.get("text", "")


def _name() -> str:
    upload = request.files.get("file")
    return (upload.filename if upload is not None else None) or "plant.toml"


def _shown(parts: WebParts, faults: Iterable[Fault], tables: Tables) -> Response:
    told: list[FaultPicture] = sorted(
        (picture(fault, tables) for fault in faults), key=lambda one: one.line or 0
    )
    content: dict[str, Any] = {
        "faults": told,
        "text": _text() if request.method == "POST" else "",
        "what": request.form.get("what", WHOLE),
        "is_whole": bool(request.form.get("is_whole")),
        "tables": [SHEETS[table] for table in plantcsv.TABLES],
        "has_plant": standing(parts).floor is not None,
        "revision": standing(parts).revision,
    }
    return shown(parts, "plant/import.html", content | changed(parts), 400 if told else 200)
