"""The pages of the plant's tables: the list, the form of a row, and how a row comes and goes."""

import json
from functools import partial
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from kanban_hub.language import _
from kanban_hub.orders import ChangePlant
from kanban_hub.plantdiff import KEYS
from kanban_hub.plantdraft import Row, Tables, row_of, with_row, without_row
from kanban_hub.setting import Setting
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant import duration, fields
from kanban_hub.web.plant.faultpicture import at_fields, elsewhere
from kanban_hub.web.plant.notice import changed
from kanban_hub.web.plant.sheets import SHEETS, Sheet
from kanban_hub.web.plant.slug import slug
from kanban_hub.web.plant.weighing import Attempt, Faults, Standing, attempted, loaded
from kanban_hub.web.problem import not_found

MAY = (ChangePlant,)


def listed(parts: WebParts, table: str) -> Response:
    """The list of a table that has a page of its own."""
    sheet = _sheet(table)
    if sheet.home:
        raise not_found(f"no page {table[:40]!r}")
    content = {"lists": [list_of(sheet, loaded(parts).tables)], "sheet": sheet}
    return shown(parts, "plant/list.html", content | changed(parts))


def added(parts: WebParts, table: str) -> Response:
    """The form for a new row."""
    return _form(parts, _sheet(table), None, loaded(parts), Faults())


def add(parts: WebParts, table: str) -> AnyResponse:
    sheet = _sheet(table)
    again = partial(_form, parts, sheet, None)
    return attempted(parts, Attempt(partial(_with_new, sheet), again, sheet.address))


def opened(parts: WebParts, table: str, key: str) -> Response:
    """The form of a row that is there."""
    sheet, now = _sheet(table), loaded(parts)
    if row_of(now.tables, table, key) is None:
        raise not_found(f"no {key[:40]!r} in {table}")
    return _form(parts, sheet, key, now, Faults())


def change(parts: WebParts, table: str, key: str) -> AnyResponse:
    sheet = _sheet(table)
    again = partial(_form, parts, sheet, key)
    return attempted(parts, Attempt(partial(_with_changed, sheet, key), again, sheet.address))


def remove(parts: WebParts, table: str, key: str) -> AnyResponse:
    sheet = _sheet(table)

    def draft(now: Standing) -> Tables:
        return without_row(now.tables, table, key)

    return attempted(parts, Attempt(draft, partial(_form, parts, sheet, key), sheet.address))


PAGES = (
    Page("GET /plant/{table}", listed, MAY),
    Page("GET /plant/add/{table}", added, MAY),
    Page("POST /plant/add/{table}", add, MAY),
    Page("GET /plant/{table}/{key}", opened, MAY),
    Page("POST /plant/{table}/{key}", change, MAY),
    Page("POST /plant/{table}/{key}/remove", remove, MAY),
)


def list_of(sheet: Sheet, tables: Tables) -> dict[str, Any]:
    """A table as its list shows it: the key of each row, and its cells."""
    settings = {one.name: one for one in sheet.settings}
    columns = [settings[name] for name in sheet.columns]
    names = {
        one.of: {str(row["id"]): str(row.get("name") or row["id"]) for row in tables.get(one.of, ())}
        for one in columns
    }
    rows = [
        (KEYS[sheet.table](row), [_cell(one, row.get(one.name), names[one.of]) for one in columns])
        for row in tables.get(sheet.table, ())
    ]
    return {"sheet": sheet, "columns": columns, "rows": rows}


def _cell(setting: Setting, value: Any, names: dict[str, str]) -> str:
    if setting.of and isinstance(value, list):
        return ", ".join(str(names.get(one, one)) for one in value)
    if setting.of and value is not None:
        return names.get(value, str(value))
    return fields.shown(setting, value)


def _form(parts: WebParts, sheet: Sheet, key: str | None, now: Standing, faults: Faults) -> Response:
    row = row_of(now.tables, sheet.table, key) if key is not None else None
    settings = sheet.settings
    typed = _typed(sheet, row)
    at = at_fields(faults.found, sheet.table, _index(sheet, now.tables, key))
    shown_fields = fields.fields_of(settings, typed, now.tables, at, sheet.fixed if key is not None else ())
    content = {
        "sheet": sheet,
        "key": key,
        "row": row,
        "fields": sorted(shown_fields, key=lambda one: one.name == "id" and not one.is_fixed),
        "units": [(unit, _(word)) for unit, (_size, word) in duration.UNITS.items()],
        "open_parts": {one.setting.part for one in shown_fields if _is_set(one)},
        "faults": elsewhere(faults.found, at, faults.tables),
        "revision": now.revision,
        "was": request.form.get("was") or json.dumps(row or {}),
    }
    return shown(parts, "plant/form.html", content, 400 if faults.found else 200)


def _typed(sheet: Sheet, row: Row | None) -> fields.Typed:
    """What was typed, where a form with fields was sent, and what stands in the row."""
    known = fields.typed_of(sheet.settings, row or {})
    if "was" not in request.form:
        return known
    fixed = {name: known[name] for name in sheet.fixed} if row is not None else {}
    return {**request.form.to_dict(flat=False), **fixed}


def _is_set(one: fields.Field) -> bool:
    """Whether it says something else than what holds anyhow: then its part is shown open."""
    usual = fields.typed_of([one.setting], {one.name: one.setting.default})
    return list(one.values) != usual[one.name] and any(one.values)


def _index(sheet: Sheet, tables: Tables, key: str | None) -> int:
    """Where the row stands among those of its table; a new one is the last."""
    keys = [KEYS[sheet.table](row) for row in tables.get(sheet.table, ())]
    return keys.index(key) if key in keys else len(keys)


def _with_new(sheet: Sheet, now: Standing) -> Tables:
    row = fields.row_of(sheet.settings, request.form)
    if "id" in {one.name for one in sheet.settings} and "id" not in row:
        taken = {one["id"] for one in now.tables.get(sheet.table, ())}
        row = {
            "id": slug(row.get("name") or row.get("item") or "", taken, sheet.table.removesuffix("s")),
            **row,
        }
    return with_row(now.tables, sheet.table, None, row)


def _with_changed(sheet: Sheet, key: str, now: Standing) -> Tables:
    """What the reader changed and nothing else: what others changed meanwhile in the same row stays."""
    known = row_of(now.tables, sheet.table, key)
    if known is None:
        raise not_found(f"{key[:40]!r} was removed meanwhile")
    was, typed = _was(), fields.row_of(sheet.settings, request.form)
    return with_row(now.tables, sheet.table, key, _merged(sheet, known, was, typed))


def _merged(sheet: Sheet, known: Row, was: Row, typed: Row) -> Row:
    row: dict[str, Any] = {}
    for one in sheet.settings:
        is_kept = one.name in sheet.fixed or typed.get(one.name) == was.get(one.name)
        value = (known if is_kept else typed).get(one.name)
        if value is not None:
            row[one.name] = value
    return row


def _was() -> Row:
    try:
        found = json.loads(request.form.get("was", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _sheet(table: str) -> Sheet:
    if table not in SHEETS:
        raise not_found(f"no page {table[:40]!r}")
    return SHEETS[table]
